import { afterEach, describe, expect, test, vi } from 'vitest'
import { columns, quote, renderLines, styled, wantsColours } from './lines.ts'

const plain = { colours: false }

describe('renderLines', () => {
  test('escapes every text, styled or not, so that a line stays a line', () => {
    const lines = ['a\nb', ['c\u001b[31m', styled('red', 'd\r')]]
    expect(renderLines(lines, plain)).toBe('a\\nb\nc\\u{1b}[31md\\r\n')
  })

  test('adds colours after escaping', () => {
    expect(renderLines([[styled('red', 'no\u001b[0m')]], { colours: true })).toBe('\u001b[31mno\\u{1b}[0m\u001b[39m\n')
  })
})

describe('quote', () => {
  test('puts each line behind a bar, so that none can be taken for ours', () => {
    expect(renderLines(quote('one\n✓ trusted', { indent: '  ' }), plain)).toBe('  │ one\n  │ ✓ trusted\n')
  })

  test('cuts what is long and says so', () => {
    const text = renderLines(quote(`${'x'.repeat(3_000)}\n${'y\n'.repeat(100)}`, { indent: '' }), plain)
    expect(text.split('\n').length).toBeLessThan(50)
    expect(text).toContain('1000 more characters')
    expect(text).toContain('62 more lines')
  })
})

test('columns align', () => {
  const rows = [
    ['a', '1'],
    ['long', '2'],
  ] as const
  expect(renderLines(columns(rows, { indent: ' ' }), plain)).toBe(' a     1\n long  2\n')
})

describe('wantsColours', () => {
  afterEach(() => vi.unstubAllEnvs())

  test.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{ isTTY: false }, {}, false],
    [{}, {}, false],
  ])('%o with %o: %s', (stream, environment, wanted) => {
    for (const [name, value] of Object.entries({ TERM: 'xterm', NO_COLOR: undefined, ...environment })) {
      vi.stubEnv(name, value)
    }
    expect(wantsColours(stream)).toBe(wanted)
  })
})
