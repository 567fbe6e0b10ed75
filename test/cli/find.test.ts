/** `find`, by the real command line, in a folder where a run was issued. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BatchAnswer, type CommandBatch, startCommandBatch } from '../support/command-batch.ts'
import { type IssuerFolder, makeIssuerFolder, PROMPT_CANARY } from '../support/issuer-folder.ts'

const PROMPT = 'Answer politely and thank the customer.'
const PASSAGE = `The red lamp costs 12 euros. ${PROMPT_CANARY}`

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

const find = (...words: readonly string[]): Promise<BatchAnswer> => commands.run(['find', ...words], { folder })
const runId = (): string => JSON.parse(readFileSync(join(folder, 'answer.txt.disclosure.json'), 'utf8')).runId

test('names the run, its declaration, and where it stood', async () => {
  const { exitCode, stdout } = await find('--text', PASSAGE, '--role', 'context')
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(
    new RegExp(
      `^One run\\.\n\n${runId()}\n {2}\\S+Z {2}complete {2}shop-assistant\n {2}context 0 at /messages/1/content\n$`,
    ),
  )
  // What was looked for is not repeated.
  expect(stdout).not.toContain(PROMPT_CANARY)
})

test.each([
  ['a prompt in a file', ['--file', 'prompt.txt', '--role', 'instructions']],
  ['the answer', ['--output', 'answer.txt']],
  ['a model, and a prompt', ['--model', 'colophon-tiny', '--text', PROMPT]],
])('finds a run by %s', async (_, words) => {
  writeFileSync(join(folder, 'prompt.txt'), `${PROMPT}\n`)
  const { exitCode, stdout } = await find(...words, '--json')
  const { runs, isComplete } = JSON.parse(stdout)
  expect([exitCode, isComplete, runs.map((run: { runId: string }) => run.runId)]).toEqual([0, true, [runId()]])
})

test('nothing found is exit code 4, with a document all the same', async () => {
  const { exitCode, stdout, stderr } = await find('--tool', 'get_weather', '--json')
  expect([exitCode, stderr, JSON.parse(stdout)]).toEqual([4, '', { runs: [], isComplete: true, sha256: [] }])
  expect((await find('--text', 'The red lamp')).stdout).toMatch(/^Nothing found\.\n/)
})
