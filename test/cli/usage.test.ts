/**
 * What every command has in common: help, usage errors, JSON, exit codes.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { colophon, type Ended } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const COMMANDS = ['init', 'declare', 'run', 'up', 'host', 'verify', 'explain', 'diff', 'trust', 'keys', 'log']

describe('help', () => {
  test('names every command and every exit code', async () => {
    const { exitCode, stdout } = await colophon(['--help'], { folder: temporaryFolder() })
    expect(exitCode).toBe(0)
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    for (const code of [0, 1, 2, 3, 4, 5, 6]) expect(stdout).toMatch(new RegExp(`^  ${code}  `, 'm'))
  })

  test('of a command has an example and its exit codes', async () => {
    const words = [['run'], ['verify'], ['trust', 'show'], ['trust', 'add'], ['keys', 'rotate'], ['keys', 'revoke']]
    const folder = temporaryFolder()
    for (const help of await Promise.all(words.map((one) => colophon([...one, '--help'], { folder })))) {
      expect(help.exitCode).toBe(0)
      expect(help.stdout).toMatch(/Examples?:\n {2}colophon /)
      expect(help.stdout).toMatch(/Exit codes/)
      expect(help.stdout).toContain('--json')
    }
  })
})

describe('usage errors', () => {
  test('exit with 2 and say on standard error what to do', async () => {
    const folder = temporaryFolder()
    const mistakes = [
      [],
      ['verfy'],
      ['verify', 'answer.txt', '--trsut', 'x'],
      ['declare'],
      ['up', '--upstream', 'http://127.0.0.1:1', '--port', '70000'],
      ['verify'],
    ]
    const ended = await Promise.all(mistakes.map((words) => colophon(words, { folder })))
    for (const { exitCode, stdout, stderr } of ended) {
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toMatch(/^error USAGE: .+\n(?: {2}at: .+\n)? {2}what to do: .+\n$/)
    }
  })

  test('name the command whose help has more', async () => {
    const ended = await colophon(['diff', 'a'], { folder: temporaryFolder() })
    expect(ended.stderr).toContain('colophon diff --help')
  })

  test('in JSON on standard output', async () => {
    const ended = await colophon(['verify', '--json', '--nonsense'], { folder: temporaryFolder() })
    expect(ended).toMatchObject({ exitCode: 2, stderr: '' })
    expect(ended.json()).toEqual({
      error: { code: 'USAGE', message: expect.any(String), at: null, hint: expect.any(String) },
    })
  })

  test('escapes what comes from the command line, and never colours what is no terminal', async () => {
    const words = ['verify', 'x\u001b[31m\u202etxt', '--trust', 'none\u001b]0;x\u0007']
    const { stderr } = await colophon(words, { folder: temporaryFolder(), environment: { FORCE_COLOR: '1' } })
    expect(stderr).toContain('\\u{1b}')
    expect(stderr).not.toMatch(/[^\x20-\x7e\n’…“”]/)
  })
})

describe('errors of files', () => {
  test('an unreadable trust policy comes before a missing record', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'answer.txt'), 'x')
    writeFileSync(join(folder, 'trust.json'), '{}')
    const [bad, none, answer] = (await Promise.all(
      [['answer.txt', '--trust', 'trust.json'], ['answer.txt'], ['none.txt']].map((words) =>
        colophon(['verify', ...words, '--json'], { folder }),
      ),
    )) as [Ended, Ended, Ended]
    expect(bad.exitCode).toBe(2)
    expect(bad.json()).toMatchObject({ error: { code: 'TRUST_POLICY_MALFORMED', at: 'trust.json: /format' } })
    expect(none.exitCode).toBe(4)
    expect(none.json()).toMatchObject({ error: { code: 'RECORD_NOT_FOUND', at: 'answer.txt.sigstore.json' } })
    expect(answer.exitCode).toBe(2)
    expect(answer.json()).toMatchObject({ error: { code: 'FILE_UNREADABLE', at: 'none.txt' } })
  })
})
