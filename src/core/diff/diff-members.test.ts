import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyJson } from '../../../test/support/any-json.ts'
import { encodeUtf8 } from '../bytes/index.ts'
import { canonicalText, parseJson } from '../json/index.ts'
import { diffMembers } from './diff-members.ts'

const changes = (left: string, right: string) =>
  diffMembers({ left: parseJson(encodeUtf8(left)), right: parseJson(encodeUtf8(right)) }, { remaining: 1_000_000 })
const shown = (left: string, right: string) => changes(left, right).map(({ at, left, right }) => [at, left, right])

describe('diffMembers', () => {
  test('takes order, white space and spelling for no difference', () => {
    expect(shown('{"a":1.0,"b":"\\u0041"}', ' { "b": "A", "a": 1 } ')).toEqual([])
  })

  test('names what was changed, removed and added, each at its place', () => {
    expect(shown('{"a":{"x":1,"y":[1,{"z":true}]},"b":null}', '{"a":{"x":2,"y":[1,{"z":false}]},"c~/":[]}')).toEqual([
      ['/a/x', '1', '2'],
      ['/a/y/1/z', 'true', 'false'],
      ['/b', 'null', undefined],
      ['/c~0~1', undefined, '[]'],
    ])
  })

  test('tells a string from a number, and one kind of value from another', () => {
    expect(shown('{"a":"0","b":[]}', '{"a":0,"b":{}}')).toEqual([
      ['/a', '"0"', '0'],
      ['/b', '[]', '{}'],
    ])
  })

  test('compares strings by what they say, and lists of two lengths by how they are written', () => {
    expect(changes('{"a":"one \\"two\\" three"}', '{"a":"one \\"too\\" three"}')[0]?.text?.pieces).toContainEqual({
      kind: 'same',
      text: 'one "',
    })
    expect(changes('["name","city"]', '["name","city","day"]')).toMatchObject([
      {
        at: '',
        text: { pieces: [{ kind: 'same', text: '["name","city"' }, { kind: 'added' }, { kind: 'same', text: ']' }] },
      },
    ])
  })

  test('finds a change wherever there is one, and none where there is none', () => {
    fc.assert(
      fc.property(anyJson, anyJson, ({ value: left }, { value: right }) => {
        const budget = { remaining: 100_000 }
        const isSame = canonicalText(left) === canonicalText(right)
        expect(diffMembers({ left, right }, budget).length === 0).toBe(isSame)
        expect(diffMembers({ left, right: left }, budget)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
