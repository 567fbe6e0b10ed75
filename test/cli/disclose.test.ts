/**
 * `disclose`, and what its files are worth to whoever gets them.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BatchAnswer, type CommandBatch, startCommandBatch } from '../support/command-batch.ts'
import { type IssuerFolder, makeIssuerFolder, PROMPT_CANARY } from '../support/issuer-folder.ts'

const TRUST = ['--trust', '.colophon/trust/trust-policy.json']
const RECORD = 'answer.txt.sigstore.json'
const SENTENCE = 'The red lamp costs 12 euros.'

let commands: CommandBatch
let issuers: IssuerFolder
let folder: string
beforeAll(async () => {
  commands = await startCommandBatch()
  issuers = await makeIssuerFolder(commands)
  folder = issuers.copy()
})
afterAll(() => {
  issuers.remove()
  commands.close()
})

const run = (...words: readonly string[]): Promise<BatchAnswer> => commands.run(words, { folder })
// biome-ignore lint/suspicious/noExplicitAny: documents of many forms
const json = async (...words: readonly string[]): Promise<any> => {
  const { stdout, stderr } = await run(...words, '--json')
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const runId = (): string => JSON.parse(read('answer.txt.disclosure.json')).runId

describe('some parts', () => {
  test('open alone: the file has them and no other word, and is for its owner', async () => {
    const made = await json('disclose', 'answer.txt', '--open', 'model,instructions,tools', '--to', 'parts.json')
    expect(made).toMatchObject({
      ...{ runId: runId(), file: 'parts.json', sealed: false, response: null, declaration: null },
      parts: [
        { part: 'model', count: 1 },
        { part: 'instructions', count: 1 },
        { part: 'tools', count: 0 },
      ],
      request: { open: 2, closed: expect.any(Number) },
    })
    expect(statSync(join(folder, 'parts.json')).mode & 0o777).toBe(0o600)
    const file = read('parts.json')
    expect(file).toContain('Answer politely')
    for (const word of [PROMPT_CANARY, 'lamp', 'blind']) expect(file).not.toContain(word)
  })

  test('are the same by run id, by record and by answer', async () => {
    const files: string[] = []
    for (const name of [runId(), RECORD, 'answer.txt']) {
      await run('disclose', name, '--open', 'head,/messages/0,response:model', '--to', `same-${files.length}.json`)
      files.push(read(`same-${files.length}.json`))
    }
    expect(files[0]).toContain('"text": "POST"')
    expect(new Set(files).size).toBe(1)
  })

  test('are a map to whoever gets them, with closed blocks; and nothing is proven beyond it', async () => {
    await run('disclose', 'answer.txt', '--open', 'instructions', '--to', 'map.json')
    const shown = ['--record', RECORD, '--disclosure', 'map.json', ...TRUST]
    const { stdout, exitCode } = await run('explain', ...shown, '--map')
    expect(exitCode).toBe(5)
    expect(stdout).toMatch(/\[instructions \/messages\/0\/content \d+ bytes\] {2}│ Answer politely/)
    expect(stdout).toMatch(/\[input \/messages\/1\/content \d+ bytes, closed\]/)
    expect(stdout).toMatch(/proven: +1 of \d+ spans are open/)
    expect(stdout).not.toContain('recomputed')
    expect(stdout).not.toContain('The response, span by span')
    const { map, composition } = await json('explain', ...shown, '--map')
    expect(composition).toBe('claimed')
    expect(map).toMatchObject([{ message: 'request', isWhole: false, openCount: 1 }])
  })

  test('with the declaration, it is proven, and its blind is in the file', async () => {
    const made = await json('disclose', 'answer.txt', '--open', 'declaration:model', '--to', 'declared.json')
    expect(made).toMatchObject({ request: null, declaration: { contents: 1, blind: true } })
    const { checks } = await json('verify', '--record', RECORD, '--disclosure', 'declared.json')
    expect(checks.find(({ id }: { id: string }) => id === 'declarationContents')).toMatchObject({ status: 'pass' })
  })
})

test('--all gives what run gave: the request, byte for byte', async () => {
  await run('disclose', 'answer.txt', '--all', '--to', 'all.json')
  expect(read('all.json')).toBe(read('answer.txt.disclosure.json'))
  const { map } = await json('explain', 'answer.txt', '--disclosure', 'all.json', '--map')
  expect(map.map(({ isWhole }: { isWhole: boolean }) => isWhole)).toEqual([true, true])
})

describe('an excerpt', () => {
  test('opens its sentence, and is found to stand in the response', async () => {
    const made = await run('disclose', 'answer.txt', '--excerpt', 'lamp costs 12', '--to', 'quote.json')
    expect(made.stdout).toContain(`│ ${SENTENCE}`)
    const file = read('quote.json')
    expect(file).toContain(SENTENCE)
    for (const word of ['Certainly', 'Thank you', PROMPT_CANARY]) expect(file).not.toContain(word)

    const shown = ['explain', '--record', RECORD, '--disclosure', 'quote.json']
    const { excerpt } = await json(...shown, '--excerpt', SENTENCE)
    expect(excerpt).toMatchObject({ standing: 'claimed', places: [{ at: '/choices/0/message/content' }] })
    const { stdout } = await run(...shown, '--excerpt', SENTENCE)
    expect(stdout).toContain('That it is output is the issuer’s word')
    expect(await json(...shown, '--excerpt', 'costs 13 euros')).toMatchObject({ excerpt: { standing: 'unknown' } })
  })

  test('of a whole answer is proven; one that is not there is exit code 5', async () => {
    const there = await run('explain', 'answer.txt', ...TRUST, '--excerpt', SENTENCE)
    expect([there.exitCode, there.stdout.includes('PROVEN  Yes: it stands in the answer')]).toEqual([0, true])
    const missing = await run('explain', 'answer.txt', ...TRUST, '--excerpt', 'It costs nothing.', '--json')
    expect(missing.exitCode).toBe(5)
    expect(JSON.parse(missing.stdout)).toMatchObject({ ok: false, exitCode: 5 })
  })
})

describe('sealed', () => {
  test('everything travels with the record, and only the auditor reads it', async () => {
    const identity = await generateIdentity()
    writeFileSync(join(folder, 'auditor.key'), `# mine\n${identity}\n`, { mode: 0o600 })
    const recipient = await identityToRecipient(identity)
    const words = ['disclose', 'answer.txt', '--seal-for', recipient, '--to', 'sealed.age']
    expect(await json(...words)).toMatchObject({ sealed: true, declaration: { blind: true } })
    expect(read('sealed.age')).toMatch(/^age-encryption\.org\/v1\n/)

    const shown = ['verify', 'answer.txt', ...TRUST, '--disclosure', 'sealed.age']
    expect(await json(...shown, '--identity', 'auditor.key')).toMatchObject({ composition: 'kept', exitCode: 0 })
    const refused = await run(...shown)
    expect([refused.exitCode, refused.stderr.includes('DISCLOSURE_SEALED')]).toEqual([2, true])
    const printed = await run(...shown, '--identity', 'auditor.key', '--disclosure', 'quote.age')
    expect(printed.stdout + printed.stderr).not.toContain(identity)
  })

  test('a part only, for two', async () => {
    const keys = await Promise.all([generateIdentity(), generateIdentity()])
    const recipients = await Promise.all(keys.map(identityToRecipient))
    const words = recipients.flatMap((recipient) => ['--seal-for', recipient])
    await run('disclose', 'answer.txt', '--open', 'instructions', ...words, '--to', 'part.age')
    for (const [index, key] of keys.entries()) {
      writeFileSync(join(folder, `${index}.key`), key, { mode: 0o600 })
      const shown = ['--record', RECORD, '--disclosure', 'part.age', '--identity', `${index}.key`]
      expect(await json('explain', ...shown, '--map')).toMatchObject({ map: [{ openCount: 1 }] })
    }
  })
})

test('no file is written over without --force, and none is left where something fails', async () => {
  const before = readdirSync(folder)
  const taken = await run('disclose', 'answer.txt', '--all', '--to', 'declaration.yaml')
  expect([taken.exitCode, taken.stderr.includes('FILE_EXISTS')]).toEqual([6, true])
  const missing = await run('disclose', 'answer.txt', '--open', 'model,/nowhere', '--to', 'new.json')
  expect([missing.exitCode, missing.stderr.includes('PART_UNKNOWN')]).toEqual([4, true])
  expect(readdirSync(folder)).toEqual(before)
  writeFileSync(join(folder, 'old.json'), 'old')
  expect(await run('disclose', 'answer.txt', '--open', 'model', '--to', 'old.json', '--force')).toMatchObject({
    exitCode: 0,
  })
  expect(read('old.json')).toContain('colophon/disclosure/v1')
})
