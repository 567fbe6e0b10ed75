import { afterEach, describe, expect, test, vi } from 'vitest'
import { ColophonError } from '../../core/errors.ts'
import { printError, printResult } from './result.ts'

/** What is written to a stream while `print` runs. */
function written(stream: NodeJS.WriteStream, print: () => void): string {
  const write = vi.spyOn(stream, 'write').mockReturnValue(true)
  print()
  const text = write.mock.calls.map(([piece]) => String(piece)).join('')
  write.mockRestore()
  return text
}

const ERROR = new ColophonError('FILE_UNREADABLE', 'no\nfile', { at: 'x\u001b', hint: 'Look.' })

describe('printError', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('says what, where and what to do, each on a line of its own', () => {
    const text = written(process.stderr, () => expect(printError(ERROR, { asJson: false })).toBe(2))
    expect(text).toBe('error FILE_UNREADABLE: no\\nfile\n  at: x\\u{1b}\n  what to do: Look.\n')
  })

  test('says the same in JSON', () => {
    const text = written(process.stdout, () => expect(printError(ERROR, { asJson: true })).toBe(2))
    expect(JSON.parse(text)).toEqual({
      error: { code: 'FILE_UNREADABLE', message: 'no\nfile', at: 'x\u001b', hint: 'Look.' },
    })
  })

  test('tells nothing of a mistake of ours but that it happened', () => {
    const mistake = new TypeError('cannot read sk-canary')
    const text = written(process.stderr, () => expect(printError(mistake, { asJson: false })).toBe(6))
    expect(text).toMatch(/^error INTERNAL: /)
    expect(text).not.toContain('canary')
    expect(text).not.toContain('result.test.ts')
  })

  test('shows where it happened when asked to', () => {
    vi.stubEnv('COLOPHON_DEBUG', '1')
    const text = written(process.stderr, () => printError(new TypeError('mistake'), { asJson: false }))
    expect(text).toContain('result.test.ts')
  })
})

describe('printResult', () => {
  const result = { exitCode: 0, json: { index: 2n ** 60n, text: '\u202e' }, lines: ['a', 'b'] }

  test('prints lines, or one document', () => {
    expect(written(process.stdout, () => printResult(result, { asJson: false }))).toBe('a\nb\n')
    const text = written(process.stdout, () => printResult(result, { asJson: true }))
    expect(JSON.parse(text)).toEqual({ index: '1152921504606846976', text: '\u202e' })
    expect(text).not.toContain('\u202e')
  })
})
