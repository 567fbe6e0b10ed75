/**
 * Everything of the catalogue, through the real command line and to real servers: one coded error and nothing else. A topic
 * is one test, which names every row that is otherwise.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ERROR_CODES } from '../../src/core/errors.ts'
import { startCommandBatch } from '../support/command-batch.ts'
import { PROMPT_CANARY } from '../support/issuer-folder.ts'
import type { BadInput } from './bad-input.ts'
import { CATALOGUE, TOPICS } from './catalogue.ts'
import { FILE_CANARY, PASSWORD_CANARY } from './mischief.ts'
import { BAD_REQUESTS } from './requests.ts'
import { type RanRow, type Runner, startRunner } from './run-row.ts'
import { sendRequest } from './send-request.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** What a message of ours never has: a place in the program. */
const STACK = /node:internal|\n\s+at .*:\d+:\d+|\.[jt]s:\d/

let runner: Runner

beforeAll(async () => {
  runner = await startRunner()
})

afterAll(() => runner.close())

test.each(Object.entries(TOPICS))('%s', async (_, rows) => {
  const wrong: object[] = []
  for (const row of rows) {
    let secrets: readonly string[] = []
    const ran = await runner.run(row, (folder) => {
      secrets = secretsOf(folder)
    })
    const problems = [...(row.shown === 'verdict' ? verdictProblems(row, ran) : errorProblems(row, ran))]
    for (const { stdout, stderr } of [ran.inJson, ran.inText]) {
      if (STACK.test(stdout + stderr)) problems.push('a place in the program')
      if (secrets.some((secret) => (stdout + stderr).includes(secret))) problems.push('a secret')
    }
    // A run that was bound has grown the store, and that is all.
    const changed = ran.changed.filter((name) => !(row.isBound === true && name.endsWith('.sqlite')))
    if (changed.length > 0) problems.push(`changed ${changed.join()}`)
    if (problems.length > 0) wrong.push({ what: row.what, words: row.words.join(' '), problems, ...ran })
  }
  expect(wrong).toEqual([])
})

function errorProblems({ code, names }: BadInput, { inJson, inText }: RanRow): string[] {
  const { exit } = ERROR_CODES[code]
  const problems: string[] = []
  if (inJson.exitCode !== exit || inText.exitCode !== exit) problems.push(`exit code, want ${exit}`)
  if (inJson.stderr !== '') problems.push('something on standard error beside the document')
  if (inText.stdout !== '') problems.push('something on standard output')
  if (!new RegExp(`^error ${code}: .+\n(?: {2}at: .+\n)? {2}what to do: .+\n$`).test(inText.stderr)) {
    problems.push(`no error ${code} as it is printed`)
  }
  const error = errorIn(inJson.stdout)
  if (error?.['code'] !== code) problems.push(`no error ${code} in the document`)
  if (Object.keys(error ?? {}).join() !== 'code,message,at,hint') problems.push('other members')
  if (!`${error?.['message']} ${error?.['at']} ${inText.stderr}`.includes(names))
    problems.push(`does not name ${names}`)
  return problems
}

function verdictProblems({ code }: BadInput, { inJson, inText }: RanRow): string[] {
  const { exit } = ERROR_CODES[code]
  const problems: string[] = []
  if (inJson.exitCode !== exit || inText.exitCode !== exit) problems.push(`exit code, want ${exit}`)
  if (inJson.stderr + inText.stderr !== '') problems.push('something on standard error')
  const { checks = [] } = JSON.parse(inJson.stdout) as { checks?: { status: string; code?: string }[] }
  if (checks.find(({ status }) => status === 'fail')?.code !== code) problems.push(`the first failure is not ${code}`)
  if (!inText.stdout.includes(code)) problems.push(`does not print ${code}`)
  return problems
}

function errorIn(document: string): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(document) as { error?: Record<string, unknown> }).error
  } catch {
    return undefined
  }
}

function secretsOf(folder: string): readonly string[] {
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const keys = ['issuer', 'log'].flatMap((key) => read(`.colophon/keys/${key}.pem`).trim().split('\n').slice(1, -1))
  const blind = /\b[0-9a-f]{64}\b/.exec(read('declaration.yaml'))?.[0] ?? 'none'
  return [PROMPT_CANARY, FILE_CANARY, PASSWORD_CANARY, blind, read('.colophon/token').trim(), ...keys]
}

test('every row says something of its own', () => {
  const rows = CATALOGUE.map(({ what, words }) => `${what}: ${words.join(' ')}`)
  expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([])
})

test('requests', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-requests-'))
  const servers: ServerProcess[] = []
  try {
    const commands = await startCommandBatch()
    await commands.run(['init'], { folder })
    await commands.run(['declare', 'declaration.yaml'], { folder })
    commands.close()
    const token = readFileSync(join(folder, '.colophon', 'token'), 'utf8').trim()
    const up = ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0']
    servers.push(await startServerProcess(up, folder), await startServerProcess(['host', '--port', '0'], folder))
    const wrong: object[] = []
    for (const row of BAD_REQUESTS) {
      const { port = 0 } = servers[row.to === 'gateway' ? 0 : 1] ?? {}
      const answer = await sendRequest(row, { port, token })
      const got = JSON.parse(answer.json) as { code?: string; error?: { code?: string } }
      const isRight = (got.code ?? got.error?.code) === row.code && answer.status === row.status
      const quotes = [token, FILE_CANARY, PASSWORD_CANARY].some((secret) => answer.text.includes(secret))
      if (!isRight || quotes || STACK.test(answer.text)) wrong.push({ ...row, answer })
    }
    expect(wrong).toEqual([])
    const logs = servers.map(({ log }) => log()).join('')
    for (const secret of [token, FILE_CANARY, PASSWORD_CANARY]) expect(logs).not.toContain(secret)
  } finally {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
