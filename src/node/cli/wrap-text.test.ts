import { describe, expect, test } from 'vitest'
import { columnsOf, wrapText } from './wrap-text.ts'

describe('wrapText', () => {
  const whole = { width: 10, breaksWords: false }

  test.each([
    ['', ['']],
    ['ten column', ['ten column']],
    ['ten columns', ['ten', 'columns']],
    ['one two three four', ['one two', 'three four']],
    ['  led by blanks', ['  led by', 'blanks']],
    ['two   blanks   more', ['two', 'blanks', 'more']],
  ])('breaks %j at spaces', (text, pieces) => {
    expect(wrapText(text, whole)).toEqual(pieces)
  })

  test('leaves a word that is longer than a line whole, so that it can be copied', () => {
    expect(wrapText(`key ${'f'.repeat(64)} end`, whole)).toEqual(['key', 'f'.repeat(64), 'end'])
  })

  test('breaks such a word where nothing may leave its column', () => {
    const pieces = wrapText(`x ${'y'.repeat(25)} z`, { width: 10, breaksWords: true })
    expect(pieces).toEqual(['x', 'y'.repeat(10), 'y'.repeat(10), 'yyyyy z'])
  })

  test('counts what is wide as two columns, and marks as none', () => {
    expect(['abc', '日本', '😀', 'e\u0301', '✓ ~'].map(columnsOf)).toEqual([3, 4, 2, 1, 3])
    expect(wrapText('日本語日本語', { width: 5, breaksWords: true })).toEqual(['日本', '語日', '本語'])
  })
})
