import { expect, test } from 'vitest'
import { kindOfFile } from './file-kind.ts'

const kindOf = (name: string, text: string): string => kindOfFile({ name, bytes: Buffer.from(text) })

test('by the names of the command line, whatever is in them', () => {
  expect(kindOf('answer.txt.sigstore.json', '')).toBe('record')
  expect(kindOf('answer.txt.disclosure.json', '{}')).toBe('disclosure')
})

test('else by what they say of themselves', () => {
  expect(kindOf('a.json', '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}')).toBe('record')
  expect(kindOf('b.json', '{"format":"colophon/disclosure/v1"}')).toBe('disclosure')
  expect(kindOf('c.json', ' {"format": "colophon/trust-policy/v1"}')).toBe('trust')
})

test('whatever is left is an answer', () => {
  const texts = ['', 'Certainly.', '{"format":1,"mediaType":null}', '[]', 'null', '{"format":"colophon"}', '{']
  for (const text of texts) expect(kindOf('trust-policy.json', text)).toBe('answer')
})
