import { afterEach, describe, expect, test, vi } from 'vitest'
import { columns, prose, quote, renderLines, screenOf, styled, wantsColours } from './lines.ts'

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

describe('on a terminal', () => {
  const narrow = { colours: false, width: 30 }

  test('prose is broken, and goes on under its own beginning', () => {
    const lines = [prose(['  ✓ ', 'name  '], 'One thing and another, and then one more.')]
    expect(renderLines(lines, narrow)).toBe(
      '  ✓ name  One thing and\n          another, and then\n          one more.\n',
    )
  })

  test('no piece of prose begins at the margin, where verdicts stand', () => {
    const [, ...more] = renderLines([prose([], `${'x '.repeat(15)}TRUSTED by nobody`)], narrow)
      .trimEnd()
      .split('\n')
    expect(more.join('\n')).toContain('TRUSTED')
    for (const line of more) expect(line).toMatch(/^ {2}/)
  })

  test('a quoted text stays behind its bar, however long its words are', () => {
    const rows = renderLines(quote('✓'.repeat(90), { indent: '' }), narrow)
      .trimEnd()
      .split('\n')
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) expect(row).toMatch(/^│ ✓{1,28}$/)
  })

  test('escapes what it breaks', () => {
    expect(renderLines([prose([], 'a\u001b[2J b')], narrow)).toBe('a\\u{1b}[2J b\n')
  })

  test('a text of several colours keeps each where it is, row by row', () => {
    const text = ['one two ', styled('red', 'three four five'), ' ', styled('green', 'six seven eight nine')]
    const line = { head: ['> '], text, again: ['> '] }
    const rows = renderLines([line], { colours: true, width: 22 })
    const [red, green, end] = ['\u001b[31m', '\u001b[32m', '\u001b[39m']
    expect(rows.split('\n')).toEqual([
      `> one two ${red}three four${end}`,
      `> ${red}five${end} ${green}six seven eight${end}`,
      `> ${green}nine${end}`,
      '',
    ])
  })

  test('commands are left whole, to be copied', () => {
    const command = `  colophon run ${'x '.repeat(40)}`
    expect(renderLines([command], narrow)).toBe(`${command}\n`)
  })
})

test.each([
  [{ isTTY: true, columns: 80 }, 80],
  [{ isTTY: false, columns: 80 }, undefined],
  [{}, undefined],
])('the width of %o is %s', (stream, width) => {
  expect(screenOf(stream).width).toBe(width)
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
