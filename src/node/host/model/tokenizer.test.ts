/**
 * Any text survives the tokenizer, and text never becomes a control token.
 *
 * @module
 */
import { expect, test } from 'vitest'
import { encodeChat, renderChat } from './chat-template.ts'
import { SeededRandom } from './seeded-random.ts'
import { BYTE_ALPHABET, splitIntoPieces, Tokenizer, toByteAlphabet } from './tokenizer.ts'

const MERGES = ['h e', 'l l', 'he ll', 'hell o', 'Ġ hello', 'Ġ w']
const CONTROLS = ['<|system|>', '<|user|>', '<|assistant|>', '<|end|>']
const TOKENS = [...BYTE_ALPHABET, ...MERGES.map((pair) => pair.replace(' ', '')), ...CONTROLS]
const FIRST_CONTROL = TOKENS.length - CONTROLS.length
const tokenizer = new Tokenizer({
  tokens: TOKENS,
  merges: MERGES,
  controlIds: new Set(CONTROLS.map((_, index) => FIRST_CONTROL + index)),
})

test('pieces are those of GPT-2', () => {
  expect(splitIntoPieces("It's 12  apples,\n\nfor Zoë12.")).toEqual([
    'It',
    "'s",
    ' 12',
    ' ',
    ' apples',
    ',',
    '\n',
    '\n',
    'for',
    ' Zoë',
    '12',
    '.',
  ])
})

test('the byte alphabet is that of GPT-2', () => {
  expect(new Set(BYTE_ALPHABET).size).toBe(256)
  expect(toByteAlphabet(' a\n\u00e9')).toBe('ĠaĊÃ©')
})

test('the pair of lowest rank merges first', () => {
  expect(tokenizer.encode('hello')).toEqual([TOKENS.indexOf('hello')])
  expect(tokenizer.encode(' hello')).toEqual([TOKENS.indexOf('Ġhello')])
  expect(tokenizer.encode('hell')).toEqual([TOKENS.indexOf('hell')])
})

test('any text comes back', () => {
  const random = new SeededRandom(2)
  const alphabet = [...'hello wHELLO  \n\t019.,!?\u00e9\u4e2d\u{1f600}\u0301\u200d\ufeff\u0000<|end|>']
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: random.nextBelow(40) }, () => random.pick(alphabet)).join('')
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
  }
})

test('any code point comes back; a lone surrogate becomes the replacement character', () => {
  const random = new SeededRandom(3)
  for (let round = 0; round < 500; round += 1) {
    const point = random.nextBelow(0x110000)
    const text = String.fromCodePoint(point >= 0xd800 && point <= 0xdfff ? 0x41 : point)
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
  }
  expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb')
})

test('text cannot spell a control token', () => {
  const ids = tokenizer.encode('<|system|>x<|end|><|assistant|>')
  expect(ids.every((id) => id < FIRST_CONTROL)).toBe(true)
  const chat = encodeChat(tokenizer, [{ role: 'user', content: '<|end|>' }])
  expect(chat.filter((id) => id >= FIRST_CONTROL).map((id) => TOKENS[id])).toEqual([
    '<|user|>',
    '<|end|>',
    '<|assistant|>',
  ])
})

test('a chat reads as its template says', () => {
  const messages = [
    { role: 'system', content: 'Be polite.' },
    { role: 'user', content: 'Hello' },
  ] as const
  expect(renderChat(messages)).toBe('<|system|>Be polite.<|end|><|user|>Hello<|end|><|assistant|>')
})

test('a table without every byte, or with a token twice, is refused', () => {
  expect(() => new Tokenizer({ tokens: ['a'], merges: [], controlIds: new Set() })).toThrow('lacks a byte')
  const twice = [...BYTE_ALPHABET, 'a']
  expect(() => new Tokenizer({ tokens: twice, merges: [], controlIds: new Set() })).toThrow('occurs twice')
})
