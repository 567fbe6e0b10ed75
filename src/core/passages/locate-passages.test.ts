import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import { encodeHex, encodeUtf8 } from '../bytes/index.ts'
import { dialectFor, type RequestCut } from '../dialects/index.ts'
import { sha256 } from '../hash/index.ts'
import { type CutList, isCut } from '../spans/index.ts'
import { locatePassages, type NamedPassage } from './index.ts'

const REQUEST = { method: 'POST', path: '/v1/chat/completions', contentType: undefined }

const cutWith = (body: string, cutList: CutList): RequestCut =>
  dialectFor(REQUEST).cutRequest({ ...REQUEST, body: encodeUtf8(body), cutList })

const locate = (body: string, passages: readonly NamedPassage[]): CutList =>
  locatePassages({ leaves: cutWith(body, []).leaves, passages, hash: sha256 })

const named = (...texts: readonly string[]): NamedPassage[] =>
  texts.map((text, rank) => ({ label: `p${rank}`, text, rank }))

const bodyOf = (content: string, spell = JSON.stringify): string =>
  `{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":${spell(content)}}]}`

/** Every character as an escape. */
const escaped = (text: string): string =>
  `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`

/** What became of each, and the decoded text of each place. */
function fates(body: string, passages: readonly NamedPassage[]): string[] {
  const cutList = locate(body, passages)
  const { passages: found, parts, leaves } = cutWith(body, cutList)
  expect(Buffer.concat(leaves.map(({ bytes }) => bytes)).toString()).toBe(body)
  const places = parts.filter(({ within }) => within !== undefined).map(({ value }) => Buffer.from(value).toString())
  expect(places.length).toBe(cutList.filter(isCut).length)
  return found.map((one, index) => {
    const amount = one.state === 'truncated' ? ` ${one.length} of ${one.of}` : ''
    return `${one.label} ${one.state}${amount}${index < places.length ? `: ${places[index]}` : ''}`
  })
}

describe('passages', () => {
  test.each([
    ['as they are', JSON.stringify],
    ['written as escapes', escaped],
  ])('are found across escapes and characters of several bytes, %s', (_, spell) => {
    const text = 'Context:\n"Café" naïve 😀 costs 1.0 EUR\t\\ and more. Question?'
    expect(fates(bodyOf(text, spell), named('"Café" naïve 😀', 'costs 1.0 EUR\t\\'))).toEqual([
      'p0 whole: "Café" naïve 😀',
      'p1 whole: costs 1.0 EUR\t\\',
    ])
  })

  test('wherever they are: whatever stands round them, and whatever they are', () => {
    const part = anyText(12).filter((text) => text !== '')
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        anyText(6),
        fc.boolean(),
        (texts, between, isEscaped) => {
          const content = `${between}${texts.join(between)}${between}`
          const body = bodyOf(content, isEscaped ? escaped : JSON.stringify)
          const found = fates(body, named(...texts))
          for (const [index, text] of texts.entries()) {
            const one = found.find((line) => line.startsWith(`p${index} `))
            expect([`p${index} whole: ${text}`, `p${index} unlocated`]).toContain(one)
          }
        },
      ),
    )
  })

  test('named twice take two places', () => {
    expect(fates(bodyOf('lamp, lamp'), named('lamp', 'lamp', 'lamp'))).toEqual([
      'p0 whole: lamp',
      'p1 whole: lamp',
      'p2 unlocated',
    ])
  })

  test('between those that are taken', () => {
    expect(fates(bodyOf('ab ab ab'), named('b a', 'ab', 'b'))).toEqual(['p0 whole: b a', 'p2 whole: b', 'p1 whole: ab'])
  })

  const LONG = 'The red lamp costs 12 euros and stands in the hall, by the door of the house.'

  test('cut short are truncated, by how much', () => {
    expect(fates(bodyOf(`Context: ${LONG.slice(0, 40)}… Question?`), named(LONG))).toEqual([
      `p0 truncated 40 of ${LONG.length}: ${LONG.slice(0, 40)}`,
    ])
    const wide = '😀'.repeat(40)
    expect(fates(bodyOf(`x${wide.slice(0, 60)}`), named(wide))).toEqual([
      `p0 truncated 120 of 160: ${wide.slice(0, 60)}`,
    ])
  })

  test('that are not there are missing: another case, another space, too short a beginning', () => {
    const body = bodyOf(`${LONG.toUpperCase()} ${LONG.replace(' ', '  ')} ${LONG.slice(0, 31)}`)
    expect(fates(body, named(LONG, 'The chair.'))).toEqual(['p0 missing', 'p1 missing'])
  })

  test('named by their digests alone are unlocated, and so are all of a body that is not read', () => {
    expect(fates(bodyOf('x'), [{ label: 'a.md', version: '3', sha256: 'ab'.repeat(32) }])).toEqual(['a.md unlocated'])
    expect(fates('[]', named('lamp'))).toEqual(['p0 unlocated'])
  })

  test('are no parameter, model or tool', () => {
    expect(fates('{"model":"lamp","user":"lamp","tools":["lamp"]}', named('lamp'))).toEqual(['p0 missing'])
  })

  test('are not looked for in more than a bounded time', () => {
    const body = bodyOf('x'.repeat(1 << 21))
    expect(() => locate(body, named(...Array.from({ length: 1_000 }, () => 'y')))).toThrowCode('CONTEXT_TOO_LARGE')
    expect(() => locate(bodyOf('x'), named(...Array.from({ length: 1_001 }, () => 'y')))).toThrowCode(
      'CONTEXT_TOO_LARGE',
    )
    // One list, named again and again: each passage is digested each time.
    const long = 'y'.repeat(1 << 20)
    expect(() => locate(bodyOf('x'), named(...Array.from({ length: 65 }, () => long)))).toThrowCode('CONTEXT_TOO_LARGE')
    // It resembles itself, and so does the prompt.
    const folded = `${'a'.repeat(200_000)}b${'a'.repeat(200_000)}`
    expect(fates(bodyOf('a'.repeat(2_000_000)), named(folded))[0]).toMatch(/^p0 truncated 200000 of 400001/)
  })
})

test('a place that holds another text than the passage it is said to be is refused', () => {
  const body = bodyOf('The lamp.')
  const [cut] = locate(body, named('The lamp.'))
  const forged = { ...cut, whole: { sha256: 'ab'.repeat(32), length: 9 } } as CutList[number]
  expect(() => cutWith(body, [forged])).toThrowCode('CUT_LIST_MALFORMED')
  const short = { ...cut, whole: { sha256: 'ab'.repeat(32), length: 8 } } as CutList[number]
  expect(() => cutWith(body, [short])).toThrowCode('CUT_LIST_MALFORMED')
})

test('passages of many messages each have their own place, whichever order their pointers have as texts', () => {
  const messages = Array.from({ length: 12 }, (_, place) => ({ role: 'user', content: `passage ${place}` }))
  const texts = messages.map(({ content }) => content)
  expect(
    cutWith(JSON.stringify({ messages }), locate(JSON.stringify({ messages }), named(...texts.slice(2)))).passages,
  ).toEqual(expect.arrayContaining([expect.objectContaining({ label: 'p0', state: 'whole' })]))
})

test('what became of passages is told by their places in the list, which need not be the order of the body', () => {
  const messages = Array.from({ length: 12 }, (_, index) => ({ role: 'user', content: `turn ${index}` }))
  const body = JSON.stringify({ messages })
  const at = (index: number, text: string) => ({
    pointer: `/messages/${index}/content`,
    start: 0,
    end: text.length,
    label: text,
    whole: { sha256: encodeHex(sha256(encodeUtf8(text))), length: text.length },
  })
  // By UTF-16, 10 comes before 2.
  const { passages } = cutWith(body, [at(10, 'turn 10'), at(2, 'turn 2')])
  expect(passages.map(({ label, state }) => `${label} ${state}`)).toEqual(['turn 10 whole', 'turn 2 whole'])
})
