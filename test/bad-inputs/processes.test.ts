/**
 * What is wrong about the process itself: where its output goes, which Node it is, what its files are.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCommandBatch } from '../support/command-batch.ts'
import { colophon } from '../support/command-line.ts'
import { type IssuerFolder, makeIssuerFolder } from '../support/issuer-folder.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'node', 'cli', 'main.ts')
const POLICY = '.colophon/trust/trust-policy.json'
const VERIFY = `verify answer.txt --trust ${POLICY}`

let issuers: IssuerFolder

beforeAll(async () => {
  const commands = await startCommandBatch()
  issuers = await makeIssuerFolder(commands)
  commands.close()
})

afterAll(() => issuers.remove())

/** Runs `colophon` in a shell, which says where its streams go. */
function inShell(script: string, folder: string): { readonly exitCode: number | null; readonly stderr: string } {
  const colophonFunction = `colophon() { "${process.execPath}" "${MAIN}" "$@"; }`
  const { status, stderr } = spawnSync('/bin/sh', ['-c', `${colophonFunction}; ${script}`], { cwd: folder })
  return { exitCode: status, stderr: stderr.toString() }
}

describe('output', () => {
  test.each([
    ['closed', '>&-', 0, ''],
    ['closed, both', '>&- 2>&-', 0, ''],
    ['a pipe that nobody reads', '| true; exit 0', 0, ''],
  ])('%s', (_, where, exitCode, stderr) => {
    expect(inShell(`colophon ${VERIFY} ${where}`, issuers.copy())).toEqual({ exitCode, stderr })
  })

  test.runIf(existsSync('/dev/full'))('on a full disk is lost, which is said, and never looks like a verdict', () => {
    const folder = issuers.copy()
    const full = inShell(`colophon ${VERIFY} >/dev/full`, folder)
    expect(full.exitCode).toBe(6)
    expect(full.stderr).toMatch(/^error FILE_UNWRITABLE: .+\n {2}at: standard output\n {2}what to do: .+\n$/)
    expect(inShell('colophon verify none.txt --json >/dev/full', folder).exitCode).toBe(2)
    expect(inShell('colophon verify none.txt 2>/dev/full', folder)).toEqual({ exitCode: 2, stderr: '' })
  })
})

describe('pipes', () => {
  test('a file that somebody writes while it is read is as good as any other', async () => {
    const folder = issuers.copy()
    const policy = readFileSync(join(folder, POLICY))
    execFileSync('mkfifo', [join(folder, 'policy')])
    const verdict = colophon(['verify', 'answer.txt', '--trust', 'policy', '--json'], { folder })
    writeFileSync(join(folder, 'policy'), policy)
    expect((await verdict).json()).toMatchObject({ authenticity: 'trusted' })
  })

  test('an answer is not written into one', async () => {
    const folder = issuers.copy()
    execFileSync('mkfifo', [join(folder, 'new.txt')])
    const words = ['run', 'declaration.yaml', '--input', 'x', '--out', 'new.txt', '--force', '--json']
    const ended = await colophon(words, { folder })
    expect(ended.exitCode).toBe(6)
    expect(ended.json()).toMatchObject({ error: { code: 'FILE_EXISTS', at: 'new.txt' } })
  })
})

describe('an older Node', () => {
  const old = (words: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`
      const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
      execFile(process.execPath, ['--import', preload, MAIN, ...words], (error, stdout, stderr) => {
        resolve({ code: error?.code, stdout, stderr })
      })
    })

  test('is refused by name, in text and in JSON', async () => {
    expect(await old(['verify', 'answer.txt'])).toEqual({
      code: 6,
      stdout: '',
      stderr: 'error NODE_TOO_OLD: this is Node 20.20.2\n  what to do: Use Node 22.13 or later.\n',
    })
    const { code, stdout, stderr } = await old(['verify', 'answer.txt', '--json'])
    expect({ code, stderr }).toEqual({ code: 6, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'NODE_TOO_OLD', message: 'this is Node 20.20.2', at: null, hint: 'Use Node 22.13 or later.' },
    })
  })
})

test('a folder that is taken away while it is worked in', async () => {
  const folder = temporaryFolder()
  rmSync(folder, { recursive: true })
  const script = `mkdir "${folder}" && cd "${folder}" && rmdir "${folder}" && colophon verify answer.txt`
  const { exitCode, stderr } = inShell(script, '/')
  expect({ exitCode, isOneError: /^error [A-Z_]+: .+\n(?: {2}at: .+\n)? {2}what to do: .+\n$/.test(stderr) }).toEqual({
    exitCode: 2,
    isOneError: true,
  })
})
