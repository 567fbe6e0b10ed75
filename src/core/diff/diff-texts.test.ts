import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffTexts, type TextDiff } from './diff-texts.ts'

const ENOUGH = 10_000_000
const diff = (left: string, right: string, remaining: number = ENOUGH): TextDiff =>
  diffTexts({ left, right }, { remaining })

const MARKS = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const
const shown = (left: string, right: string): string =>
  diff(left, right)
    .pieces.map(({ kind, text }) => MARKS[kind].join(text))
    .join('')

/** What a reader does who has the left text and the diff: throws where the diff is of another text. */
function apply({ pieces }: TextDiff, left: string): string {
  let [at, result] = [0, '']
  for (const { kind, text } of pieces) {
    if (kind !== 'added') {
      if (!left.startsWith(text, at)) throw new Error('it is of another text')
      at += text.length
    }
    if (kind !== 'removed') result += text
  }
  if (at !== left.length) throw new Error('it does not reach the end')
  return result
}

describe('diffTexts', () => {
  test('shows words, not letters', () => {
    expect(shown('You are a helpful assistant.', 'You are a terse assistant.')).toBe(
      'You are a [-helpful-]{+terse+} assistant.',
    )
  })

  test('shows phrases where neighbouring words were replaced', () => {
    expect(
      shown('Answer every question very politely, in French.', 'Answer every question quite rudely, in French.'),
    ).toBe('Answer every question [-very politely-]{+quite rudely+}, in French.')
  })

  test('shows both whole where next to nothing is the same', () => {
    expect(shown('Answer politely.', 'Be rude.')).toBe('[-Answer politely.-]{+Be rude.+}')
  })

  test('keeps lines apart, and ends of lines out of their changes', () => {
    expect(shown('Rules:\nBe brief.\nBe kind.\n', 'Rules:\nBe very brief.\nBe kind.\nCite.\n')).toBe(
      'Rules:\nBe {+very +}brief.\nBe kind.\n{+Cite.\n+}',
    )
  })

  test('divides scripts without blanks by character', () => {
    expect(shown('你是一个乐于助人的助手', '你是一个简洁的助手')).toBe('你是一个[-乐于助人-]{+简洁+}的助手')
  })

  test('shows a change of blanks, of case and of an invisible character', () => {
    expect(shown('one two', 'one  two')).toBe('one[- -]{+  +}two')
    expect(shown('say Yes now', 'say yes now')).toBe('say [-Yes-]{+yes+} now')
    expect(shown('be kind to all', 'be\u200b kind to all')).toBe('be{+\u200b+} kind to all')
  })

  test('is of nothing where both are the same, and of one piece where one is empty', () => {
    expect(diff('same', 'same').pieces).toEqual([{ kind: 'same', text: 'same' }])
    expect(diff('', '').pieces).toEqual([])
    expect(diff('', 'new').pieces).toEqual([{ kind: 'added', text: 'new' }])
    expect(diff('\n', '').pieces).toEqual([{ kind: 'removed', text: '\n' }])
  })

  test('says so where lines are too long or too many to be compared by words', () => {
    const [left, right] = ['a '.repeat(150_000), 'b '.repeat(150_000)]
    expect(diff(`first\n${left}\nlast`, `first\n${right}\nlast`)).toEqual({
      level: 'lines',
      pieces: [
        { kind: 'same', text: 'first\n' },
        { kind: 'removed', text: left },
        { kind: 'added', text: right },
        { kind: 'same', text: '\nlast' },
      ],
    })
    expect(diff('a b c', 'a d c', 0)).toMatchObject({ level: 'lines' })
  })

  test('finds few changes in a long text word by word', () => {
    const line = 'The quick brown fox jumps over the lazy dog.\n'
    const left = line.repeat(20_000)
    const at = line.length * 9_000
    const right = `${left.slice(0, at)}The slow brown fox jumps over the lazy dog.\n${left.slice(at + line.length)}`
    const { level, pieces } = diff(left, right)
    expect([level, pieces.filter(({ kind }) => kind !== 'same').map(({ text }) => text)]).toEqual([
      'words',
      ['quick', 'slow'],
    ])
  })

  const anyText = fc
    .array(fc.constantFrom('a', 'b', 'word', ' ', '  ', '\n', '\r\n', '.', '你', '\u{1f600}', '\ud800', 'é'), {
      maxLength: 30,
    })
    .map((words) => words.join(''))

  test('applied to the left text it gives the right one, whatever the work it may take', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: -1, max: 200 }), (left, right, work) => {
        const found = diff(left, right, work)
        expect(apply(found, left)).toBe(right)
        const kinds = found.pieces.map(({ kind }) => kind).join(' ')
        expect(kinds).not.toMatch(/(\w+) \1|added removed/)
        expect(found.pieces.every(({ text }) => text !== '')).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
