/** A run's contents erased: nothing of them in the store's files, and record and log as valid as before. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANSWER, startChatUpstream } from '../support/chat-upstream.ts'
import { colophon, type Ended } from '../support/command-line.ts'
import type { ScriptedUpstream } from '../support/scripted-upstream.ts'

const QUESTION = 'Does the caretaker Margarethe Oppenrieder know?'
const PASSAGE = 'Margarethe Oppenrieder lives in the third house.'

let folder: string
let upstream: ScriptedUpstream
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-erase-'))
  upstream = await startChatUpstream()
  await colophon(['init', '--name', 'The shop'], { folder })
}, 30_000)

afterAll(async () => {
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = (out: string, question: string): Promise<Ended> => {
  const words = [
    'declaration.yaml',
    '--input',
    question,
    '--context',
    PASSAGE,
    '--out',
    out,
    '--upstream',
    upstream.url,
  ]
  return colophon(['run', ...words, '--json'], { folder })
}

/** Which of these stand in a file of the issuer's. */
function found(...texts: readonly (string | Buffer)[]): (string | Buffer)[] {
  const files = readdirSync(at('.colophon'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  return texts.filter((text) => files.some((bytes) => bytes.includes(text)))
}

const digestOf = (record: string): Promise<Ended> => colophon(['verify', record, '--json'], { folder })

test('leaves nothing behind in the files, and everything that was signed as it was', async () => {
  const erased = await run('erased.txt', QUESTION)
  const kept = await run('kept.txt', 'How much is the lamp?')
  expect([erased.exitCode, kept.exitCode]).toEqual([0, 0])
  const disclosure = JSON.parse(readFileSync(at('erased.txt.disclosure.json'), 'utf8')) as {
    readonly request: readonly { readonly salt: string }[]
  }
  // What is looked for is found as long as it is there.
  expect(found(QUESTION, 'Margarethe', ANSWER)).toEqual([QUESTION, 'Margarethe', ANSWER])

  const ended = await colophon(['erase', 'erased.txt', '--json'], { folder })
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' })
  expect(ended.json()).toEqual({
    runId: expect.stringMatching(/^[0-9a-f]{64}$/),
    erasedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    isNew: true,
  })
  expect(found(QUESTION, 'caretaker')).toEqual([])
  // The other run holds the same passage and answer.
  expect(found('How much is the lamp?', PASSAGE)).toEqual(['How much is the lamp?', PASSAGE])
  expect(statSync(at('.colophon/store.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0)
  expect(disclosure.request.length).toBeGreaterThan(5)

  const { runId } = ended.json() as { runId: string }
  const trust = ['--trust', '.colophon/trust/trust-policy.json']
  expect((await colophon(['verify', 'erased.txt', ...trust], { folder })).exitCode).toBe(0)
  expect((await digestOf('erased.txt')).exitCode).toBe(3)
  const fsck = await colophon(['log', 'fsck', '--json'], { folder })
  expect([fsck.exitCode, fsck.json().problems]).toEqual([0, []])

  const again = await colophon(['erase', runId, '--json'], { folder })
  expect([again.exitCode, again.json().isNew]).toEqual([0, false])
  const disclosed = await colophon(['disclose', runId, '--all', '--to', 'shown.json', '--json'], { folder })
  expect([disclosed.exitCode, disclosed.json().error.code]).toEqual([4, 'RUN_ERASED'])
  expect((await colophon(['disclose', 'kept.txt', '--all', '--to', 'kept.json'], { folder })).exitCode).toBe(0)
}, 60_000)

test('refuses a run that is not here, and says so', async () => {
  const ended = await colophon(['erase', 'ab'.repeat(32), '--json'], { folder })
  expect([ended.exitCode, ended.json().error.code]).toEqual([4, 'RUN_UNKNOWN'])
  writeFileSync(at('plain.txt'), 'x')
  const other = await colophon(['erase', 'plain.txt', '--json'], { folder })
  expect([other.exitCode, other.json().error.code]).toEqual([4, 'RECORD_NOT_FOUND'])
}, 30_000)
