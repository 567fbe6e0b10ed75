/**
 * An issuer from its first command to a stranger's verdict, with an upstream of words that are known.
 */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHECK_IDS } from '../../src/core/verify/index.ts'
import { ANSWER, MODEL, startChatUpstream } from '../support/chat-upstream.ts'
import { colophon, type Ended } from '../support/command-line.ts'
import { headerOf, type ScriptedUpstream, wholeReply } from '../support/scripted-upstream.ts'

const PASSAGE = 'The red lamp costs 12 euros.'
const QUESTION = 'How much does the red lamp cost?'
const TRUST = ['--trust', join('.colophon', 'trust', 'trust-policy.json')]
const CANARY = 'sk-canary-0123456789'

let folder: string
let upstream: ScriptedUpstream
let first: Ended
const at = (name: string): string => join(folder, name)
const run = (words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  colophon(['run', ...words, '--upstream', upstream.url], { folder, environment })
const ask = (words: readonly string[]): Promise<Ended> => colophon([...words, '--json'], { folder })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-cli-'))
  upstream = await startChatUpstream()
  const made = await colophon(['init', '--name', 'The shop', '--json'], { folder })
  expect(made.json()).toMatchObject({
    folder: '.colophon',
    origin: 'log.example-host',
    signer: { name: 'The shop', keyId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    log: { origin: 'log.example-host', vkey: expect.stringContaining('log.example-host+') },
    declaration: { file: 'declaration.yaml', isNew: true },
  })
  writeFileSync(at('passage.txt'), `${PASSAGE}\n`)
  const words = ['declaration.yaml', '--context-file', 'passage.txt', '--input', QUESTION, '--json']
  first = await run(words, { COLOPHON_API_KEY: CANARY })
})

afterAll(async () => {
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('run', () => {
  test('answers, and writes answer, record and disclosure', () => {
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    expect(first.json()).toEqual({
      declaration: { id: expect.stringMatching(/^[0-9a-f]{64}$/), name: 'shop-assistant', isNew: true },
      runId: expect.stringMatching(/^[0-9a-f]{64}$/),
      recordDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      model: MODEL,
      answer: ANSWER,
      files: {
        answer: 'answer.txt',
        record: 'answer.txt.sigstore.json',
        disclosure: 'answer.txt.disclosure.json',
      },
      next: 'colophon verify answer.txt --trust .colophon/trust/trust-policy.json',
    })
    expect(readFileSync(at('answer.txt'), 'utf8')).toBe(ANSWER)
    expect(statSync(at('answer.txt.disclosure.json')).mode & 0o777).toBe(0o600)
  })

  test('sends what the declaration fixes and what was given, with the credential', () => {
    const [request] = upstream.requests
    expect(JSON.parse(request?.body.toString() ?? '')).toEqual({
      model: 'colophon-tiny',
      messages: [
        { role: 'system', content: 'Answer politely and thank the customer.' },
        { role: 'user', content: `Context: ${PASSAGE}\nQuestion: ${QUESTION}` },
      ],
      temperature: 0,
    })
    expect(request === undefined ? '' : headerOf(request, 'authorization')).toBe(`Bearer ${CANARY}`)
  })

  test('keeps the credential out of every file', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(8)
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name)).includes(CANARY), name).toBe(false)
    }
  })

  test('asks nobody and writes nothing where something is missing or does not fit', async () => {
    const before = upstream.requests.length
    for (const [words, where] of [
      [['--context', PASSAGE], 'input'],
      [['--input', QUESTION, '--context', 'x'.repeat(2_001)], 'context'],
      [['--input', QUESTION, '--model', 'other'], 'model'],
    ] as const) {
      const ended = await run(['declaration.yaml', ...words, '--out', 'not.txt', '--json'])
      expect(ended.exitCode).toBe(2)
      expect(ended.json()).toMatchObject({ error: { code: 'USAGE', at: where } })
    }
    expect(upstream.requests).toHaveLength(before)
    expect(readdirSync(folder)).not.toContain('not.txt')
  })

  test('overwrites nothing unless told', async () => {
    const words = ['declaration.yaml', '--input', QUESTION, '--json']
    const refused = await run(words)
    expect(refused.exitCode).toBe(6)
    expect(refused.json()).toMatchObject({ error: { code: 'FILE_EXISTS', at: 'answer.txt' } })
    const once = [...words, '--out', 'again.txt', '--force']
    writeFileSync(at('again.txt.disclosure.json'), 'old')
    expect((await run(once)).exitCode).toBe(0)
    expect((await ask(['verify', 'again.txt', ...TRUST])).exitCode).toBe(0)
  })

  test('an upstream that is not there, refuses or stops early leaves no file', async () => {
    const refusing = await startChatUpstream(() =>
      wholeReply(`{"error":{"message":"bad key ${CANARY}","type":"invalid_request_error","code":"invalid_api_key"}}`, {
        status: '401 Unauthorized',
      }),
    )
    const cutting = await startChatUpstream(() => ({
      pieces: ['HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"id"'],
      afterwards: 'reset',
    }))
    const words = ['run', 'declaration.yaml', '--input', QUESTION, '--out', 'not.txt', '--json']
    for (const [url, code] of [
      ['http://127.0.0.1:1', 'UPSTREAM_UNREACHABLE'],
      [refusing.url, 'UPSTREAM_REFUSED'],
      [cutting.url, 'UPSTREAM_CUT'],
    ]) {
      const environment = { COLOPHON_API_KEY: CANARY }
      const ended = await colophon([...words, '--upstream', url as string], { folder, environment })
      expect(ended.exitCode).toBe(6)
      expect(ended.json()).toMatchObject({ error: { code } })
      expect(ended.stdout + ended.stderr).not.toContain(CANARY)
    }
    await Promise.all([refusing.close(), cutting.close()])
    expect(readdirSync(folder).filter((name) => name.includes('not.txt'))).toEqual([])
  })

  test('refuses a key that others can read', async () => {
    chmodSync(at('.colophon/keys/issuer.pem'), 0o644)
    const ended = await run(['declaration.yaml', '--input', QUESTION, '--out', 'not.txt', '--json'])
    chmodSync(at('.colophon/keys/issuer.pem'), 0o600)
    expect(ended.exitCode).toBe(6)
    expect(ended.json()).toMatchObject({
      error: { code: 'KEY_PERMISSIONS', hint: expect.stringContaining('chmod 600') },
    })
  })
})

describe('verify', () => {
  test('says trusted and kept, check by check', async () => {
    const ended = await ask(['verify', 'answer.txt', ...TRUST])
    expect(ended.exitCode).toBe(0)
    const report = ended.json()
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'kept', ok: true, exitCode: 0 })
    expect(report.checks.map(({ id }: { id: string }) => id)).toEqual(CHECK_IDS)
    expect(report.facts).toMatchObject({
      runId: first.json().runId,
      recordDigest: first.json().recordDigest,
      log: { origin: 'log.example-host', index: expect.stringMatching(/^\d+$/) },
      capture: 'inProcess',
    })
    expect(report.files).toEqual({
      record: 'answer.txt.sigstore.json',
      answer: 'answer.txt',
      disclosure: 'answer.txt.disclosure.json',
    })
  })

  test('without trust says valid, exit 3, and how to get a policy', async () => {
    const { exitCode, stdout } = await colophon(['verify', 'answer.txt'], { folder })
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^VALID, NOT TRUSTED/)
    expect(stdout).toContain('colophon trust show')
  })

  test('without the disclosure leaves the composition to the issuer, exit 5', async () => {
    const ended = await ask(['verify', 'answer.txt', ...TRUST, '--no-disclosure'])
    expect(ended.exitCode).toBe(5)
    expect(ended.json()).toMatchObject({ authenticity: 'trusted', composition: 'claimed', ok: false })
  })

  test('verifies a record alone, named either way', async () => {
    for (const words of [['--record', 'answer.txt.sigstore.json'], ['answer.txt.sigstore.json']]) {
      const ended = await ask(['verify', ...words])
      expect(ended.exitCode).toBe(3)
      expect(ended.json().files).toMatchObject({ answer: null, disclosure: 'answer.txt.disclosure.json' })
    }
  })

  test('compares with the declaration that was agreed on, by file or id', async () => {
    const same = await ask(['verify', 'answer.txt', ...TRUST, '--declaration', 'declaration.yaml'])
    expect(same.exitCode).toBe(0)
    const other = await ask(['verify', 'answer.txt', ...TRUST, '--declaration', 'ab'.repeat(32)])
    expect(other.exitCode).toBe(5)
  })

  test('turns red over one changed byte of answer, record or disclosure, and shows nothing that it should not', async () => {
    mkdirSync(at('changed'), { recursive: true })
    const names = ['answer.txt', 'answer.txt.sigstore.json', 'answer.txt.disclosure.json']
    for (const name of names) {
      for (const one of names) copyFileSync(at(one), at(join('changed', one)))
      const bytes = readFileSync(at(name))
      const place = bytes.length >> 1
      bytes[place] = (bytes[place] as number) ^ 1
      writeFileSync(at(join('changed', name)), bytes)
      const { exitCode, stdout } = await colophon(['verify', join('changed', 'answer.txt'), ...TRUST], { folder })
      expect(exitCode, name).toBe(1)
      expect(stdout).toMatch(/^INVALID\. /)
      expect(stdout).toMatch(/✗ \w+/)
    }
  })

  test('escapes what a hostile policy calls its signer', async () => {
    const policy = readFileSync(at('.colophon/trust/trust-policy.json'), 'utf8')
    writeFileSync(at('hostile.json'), policy.replace('The shop', 'ok\\u001b[2J\\u202e\\nTRUSTED'))
    const { exitCode, stdout } = await colophon(['verify', 'answer.txt', '--trust', 'hostile.json'], { folder })
    expect(exitCode).toBe(0)
    expect(stdout).not.toMatch(/[\u001b\u202e]/)
    expect(stdout.split('\n').filter((line) => line.startsWith('TRUSTED'))).toHaveLength(1)
  })
})

describe('explain', () => {
  test('answers the five questions from the disclosure', async () => {
    const ended = await ask(['explain', 'answer.txt', ...TRUST])
    expect(ended.exitCode).toBe(0)
    const { sections } = ended.json()
    expect(sections.map(({ id, standing }: { id: string; standing: string }) => [id, standing])).toEqual(
      ['instructions', 'context', 'tools', 'model', 'composition'].map((id) => [id, 'proven']),
    )
    expect(sections[0].items[0].text).toBe('Answer politely and thank the customer.')
    expect(sections[1].items).toEqual([{ name: 'passage.txt', text: PASSAGE, at: '/messages/1/content' }])
  })

  test('prints texts behind a bar, and none of them without the disclosure', async () => {
    const shown = await colophon(['explain', 'answer.txt', ...TRUST], { folder })
    expect(shown.stdout).toContain(`│ ${PASSAGE}`)
    const hidden = await colophon(['explain', 'answer.txt', ...TRUST, '--no-disclosure'], { folder })
    expect(hidden.exitCode).toBe(5)
    expect(hidden.stdout).not.toContain(PASSAGE)
  })
})

describe('diff', () => {
  test('names the component that changed', async () => {
    const edited = readFileSync(at('declaration.yaml'), 'utf8').replace(
      'fixed: Answer politely and thank the customer.',
      'fixed: Answer like a pirate.',
    )
    writeFileSync(at('pirate.yaml'), edited)
    const words = [
      'pirate.yaml',
      '--context-file',
      'passage.txt',
      '--input',
      QUESTION,
      '--out',
      'pirate.txt',
      '--stream',
    ]
    expect((await run(words)).exitCode).toBe(0)
    const ended = await ask(['diff', 'answer.txt', 'pirate.txt'])
    expect(ended.exitCode).toBe(1)
    expect(ended.json()).toMatchObject({
      result: 'different',
      declaration: 'different',
      first: {
        role: 'instructions',
        name: '0',
        in: 'declaration',
        left: 'Answer politely and thank the customer.',
        right: 'Answer like a pirate.',
      },
    })
    const records = ['answer.txt.sigstore.json', 'pirate.txt.sigstore.json']
    const alone = await ask(['diff', ...records, '--no-disclosure'])
    expect(alone.exitCode).toBe(1)
    expect(alone.json().first).toMatchObject({ role: 'instructions', name: '0', left: null, right: null })
  })

  test('finds a run to be the same as itself, and an invalid record to be no run', async () => {
    expect((await ask(['diff', 'answer.txt', 'answer.txt'])).exitCode).toBe(0)
    const invalid = await ask(['diff', 'answer.txt', join('changed', 'answer.txt')])
    expect(invalid.exitCode).toBe(1)
    expect(invalid.json()).toMatchObject({ error: { at: join('changed', 'answer.txt') } })
  })
})

test('trust show prints what to compare', async () => {
  const shown = await ask(['trust', 'show'])
  expect(shown.json()).toEqual({
    signers: [{ name: 'The shop', keyId: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    logs: [
      {
        origin: 'log.example-host',
        keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
        vkey: expect.stringContaining('log.example-host+'),
      },
    ],
    require: ['output', 'completion'],
    acceptClaimed: false,
    captures: ['gateway', 'inProcess'],
    declarations: 'any',
  })
})

describe('init and declare', () => {
  test('refuse to make an issuer twice, and leave everything as it was', async () => {
    const before = readFileSync(at('.colophon/keys/issuer.pem'))
    const again = await ask(['init'])
    expect(again.exitCode).toBe(6)
    expect(again.json()).toMatchObject({ error: { code: 'FILE_EXISTS', at: '.colophon' } })
    expect(readFileSync(at('.colophon/keys/issuer.pem'))).toEqual(before)
    const other = await ask(['init', '--dir', 'other', '--origin', 'LOG/x'])
    expect(other.json()).toMatchObject({ error: { code: 'USAGE' } })
    expect(readdirSync(folder).filter((name) => name.startsWith('other'))).toEqual([])
  })

  test('declare once, and give the same id ever after', async () => {
    const { id, name } = first.json().declaration
    const known = await ask(['declare', 'declaration.yaml'])
    expect(known.json()).toEqual({ id, name, privacy: 'private', isNew: false, file: 'declaration.yaml' })
  })

  test('say in which line a declaration is wrong', async () => {
    const text = readFileSync(at('declaration.yaml'), 'utf8')
    for (const [name, changed, code] of [
      ['alias.yaml', text.replace('tools: absent', 'tools: *x'), 'YAML_UNSUPPORTED'],
      ['missing.yaml', text.replace('tools: absent', ''), 'DECLARATION_ROLE_MISSING'],
    ] as const) {
      writeFileSync(at(name), changed)
      const ended = await ask(['declare', name])
      expect(ended.exitCode).toBe(2)
      expect(ended.json()).toMatchObject({
        error: { code, at: expect.stringMatching(new RegExp(`^${name}:\\d+:\\d+$`)) },
      })
    }
  })
})
