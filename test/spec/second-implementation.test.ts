/**
 * The verifier in Python, written from docs/spec and the vectors alone, agrees on every case of every topic.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from '../../tools/project.ts'
import { describeWithCommand } from '../support/required-command.ts'

const FOLDER = join(ROOT, 'examples', 'second-implementation')
const EXAMPLE = join(ROOT, 'test', 'vectors', 'example-run')
const ENVIRONMENT = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }

const python = (...words: string[]): Promise<{ stdout: string }> =>
  promisify(execFile)('python3', words, { cwd: FOLDER, env: ENVIRONMENT, maxBuffer: 1 << 26 })

describeWithCommand({ command: 'python3', debianPackage: 'python3' }, () => {
  test('all vectors', { timeout: 300_000 }, async () => {
    const { stdout } = await python('run_vectors.py')
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^[1-9]\d{3} passed, 0 failed, [1-9]\d* skipped$/)
  })

  test('the example run, check by check', async () => {
    const expected = JSON.parse(readFileSync(join(EXAMPLE, 'expect.json'), 'utf8'))
    const file = (name: string): string => join(EXAMPLE, name)
    const given = ['--output', file('answer.txt'), '--disclosure', file('answer.txt.disclosure.json')]
    const words = [file('answer.txt.sigstore.json'), ...given, '--trust', file('trust-policy.json'), '--json']
    const report = JSON.parse((await python('verify.py', ...words)).stdout)
    const checks = report.checks.map(({ id, status }: { id: string; status: string }) => ({ id, status }))
    const { authenticity, composition, exitCode } = report
    expect({ authenticity, composition, exitCode, checks }).toEqual(expected)
  })
})
