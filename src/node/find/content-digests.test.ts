import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { contentDigests } from './index.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const of = (text: string): readonly string[] => contentDigests(Buffer.from(text))

test.each([
  ['a prompt', ['a prompt']],
  ['a file\n', ['a file\n', 'a file']],
  ['a file of Windows\r\n', ['a file of Windows\r\n', 'a file of Windows']],
  ['two\n\n', ['two\n\n', 'two\n']],
  ['', ['']],
  ['{ "b": 1.0, "a": [] }', ['{ "b": 1.0, "a": [] }', '{"a":[],"b":1}']],
  ['{"a":1}\n', ['{"a":1}\n', '{"a":1}']],
  ['"quoted"', ['"quoted"']],
  ['{"a":1,"a":2}', ['{"a":1,"a":2}']],
])('%j is looked for as %j', (content, forms) => {
  expect(of(content)).toEqual(forms.map(sha256))
})

test('bytes that are no text are looked for as they are', () => {
  expect(contentDigests(Uint8Array.of(0xff, 0))).toEqual([
    createHash('sha256').update(Uint8Array.of(0xff, 0)).digest('hex'),
  ])
})
