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
import { headerOf, type ScriptedUpstream } from '../support/scripted-upstream.ts'

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

  test('asks nobody and writes nothing where something does not fit the declaration', async () => {
    const before = upstream.requests.length
    const words = [
      'declaration.yaml',
      '--input',
      QUESTION,
      '--context',
      'x'.repeat(2_001),
      '--out',
      'not.txt',
      '--json',
    ]
    const ended = await run(words)
    expect(ended.exitCode).toBe(2)
    expect(ended.json()).toMatchObject({ error: { code: 'USAGE', at: 'context' } })
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
    expect(readFileSync(at('again.txt.disclosure.json'), 'utf8')).toContain(QUESTION)
  })

  test('leaves no file where the upstream is not there', async () => {
    const words = ['run', 'declaration.yaml', '--input', QUESTION, '--out', 'not.txt', '--json']
    const ended = await colophon([...words, '--upstream', 'http://127.0.0.1:1'], { folder })
    expect(ended.exitCode).toBe(6)
    expect(ended.json()).toMatchObject({ error: { code: 'UPSTREAM_UNREACHABLE', at: 'http://127.0.0.1:1' } })
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
    const ended = await ask(['verify', 'answer.txt', ...TRUST, '--declaration', 'declaration.yaml'])
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

  test('verifies a record alone', async () => {
    const ended = await ask(['verify', '--record', 'answer.txt.sigstore.json'])
    expect(ended.exitCode).toBe(3)
    expect(ended.json().files).toMatchObject({ answer: null, disclosure: 'answer.txt.disclosure.json' })
  })

  test('compares with the declaration that was agreed on', async () => {
    const other = await ask(['verify', 'answer.txt', ...TRUST, '--declaration', 'ab'.repeat(32)])
    expect(other.exitCode).toBe(5)
    expect(other.json().headline).toContain('not to one that you or your trust policy named')
  })

  test('turns red over one changed byte of answer, record or disclosure', async () => {
    const names = ['answer.txt', 'answer.txt.sigstore.json', 'answer.txt.disclosure.json']
    const verdicts = names.map((name) => {
      const changed = `changed-${names.indexOf(name)}`
      mkdirSync(at(changed))
      for (const one of names) copyFileSync(at(one), at(join(changed, one)))
      const bytes = readFileSync(at(name))
      const place = bytes.length >> 1
      bytes[place] = (bytes[place] as number) ^ 1
      writeFileSync(at(join(changed, name)), bytes)
      return colophon(['verify', join(changed, 'answer.txt'), ...TRUST], { folder })
    })
    for (const { exitCode, stdout } of await Promise.all(verdicts)) {
      expect(exitCode).toBe(1)
      expect(stdout).toMatch(/^INVALID\. /)
      expect(stdout).toMatch(/✗ \w+/)
    }
  })

  test('escapes what a hostile policy calls its signer', async () => {
    const policy = readFileSync(at('.colophon/trust/trust-policy.json'), 'utf8')
    writeFileSync(at('hostile.json'), policy.replace('The shop', 'ok\\u001b[2J\\u202e\\nTRUSTED'))
    const { exitCode, stdout } = await colophon(['verify', 'answer.txt', '--trust', 'hostile.json'], { folder })
    expect(exitCode).toBe(0)
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\u202e')
    expect(stdout.split('\n').filter((line) => line.startsWith('TRUSTED'))).toHaveLength(1)
  })
})

describe('explain', () => {
  test('answers the five questions from the disclosure', async () => {
    const ended = await ask(['explain', 'answer.txt', ...TRUST])
    expect(ended.exitCode).toBe(0)
    const { sections } = ended.json()
    expect(sections.map(({ id, standing }: { id: string; standing: string }) => [id, standing])).toEqual(
      ['instructions', 'context', 'tools', 'model', 'composition'].map((id) => [
        id,
        id === 'model' ? 'claimed' : 'proven',
      ]),
    )
    expect(sections[0].items[0].text).toBe('Answer politely and thank the customer.')
    expect(sections[1].items).toEqual([{ name: 'passage.txt', text: PASSAGE, at: '/messages/1/content' }])
  })

  test('prints texts behind a bar', async () => {
    const { exitCode, stdout } = await colophon(['explain', 'answer.txt', ...TRUST], { folder })
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`│ ${PASSAGE}`)
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
  })

  test('finds a run to be the same as itself, and an invalid record to be no run', async () => {
    const changed = join('changed-1', 'answer.txt')
    const [same, invalid] = await Promise.all(
      ['answer.txt', changed].map((other) => ask(['diff', 'answer.txt', other])),
    )
    expect([same?.exitCode, invalid?.exitCode]).toEqual([0, 1])
    expect(same?.json()).toMatchObject({ result: 'same', first: null })
    expect(invalid?.json()).toMatchObject({ error: { at: changed } })
  })
})

test('trust show prints what to compare', async () => {
  const shown = await ask(['trust', 'show'])
  expect(shown.json()).toEqual({
    signers: [{ name: 'The shop', keyId: expect.stringMatching(/^[0-9a-f]{64}$/), valid: 'always' }],
    logs: [
      {
        origin: 'log.example-host',
        keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
        vkey: expect.stringContaining('log.example-host+'),
      },
    ],
    witnesses: [],
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
