import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markerScanner } from './index.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const MARKERS = ['data: [DONE]', 'data:[DONE]', 'event: stop']

/** What may be passed on of the whole that has arrived, by its definition: the oracle. */
function passable(text: string, markers: readonly string[]): { passed: number; found: boolean } {
  let start = 0
  for (const line of text.split(/(?<=[\r\n])/)) {
    if (markers.some((marker) => line.startsWith(marker))) return { passed: start, found: true }
    start += line.length
  }
  const last = /[^\r\n]*$/.exec(text)?.[0] ?? ''
  const mayBecome = last !== '' && markers.some((marker) => marker.startsWith(last))
  return { passed: text.length - (mayBecome ? last.length : 0), found: false }
}

/** What a relay passes on after each piece: it keeps what `take` leaves, until a later piece gets past it. */
function relay(pieces: readonly Uint8Array[], markers: readonly string[]): { passed: number; found: boolean }[] {
  const scanner = markerScanner(markers)
  let passed = 0
  let arrived = 0
  return pieces.map((piece) => {
    const count = scanner.take(piece)
    if (count > 0) passed = arrived + count
    arrived += piece.length
    return { passed, found: scanner.found() }
  })
}

function cutInto(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

describe('in any chunking', () => {
  const fragment = fc.oneof(
    fc.constantFrom(...MARKERS, 'data: ', 'data: [DON', 'data: [DONE', 'data', 'd', 'event: sto', 'x', ':', 'é', ' '),
    fc.constantFrom('\n', '\r', '\r\n', '\n\n', 'data: {"a":"data: [DONE]"}\n\n', ': comment\n', ' data: [DONE]\n'),
  )
  const stream = fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join(''))

  test('never lets a byte of the marker line through early, and never holds back more than needed', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (text, sizes) => {
        const pieces = cutInto(utf8(text), sizes)
        const whole = Buffer.from(utf8(text)).toString('latin1')
        let arrived = 0
        const expected = pieces.map((piece) => {
          arrived += piece.length
          return passable(whole.slice(0, arrived), MARKERS)
        })
        expect(relay(pieces, MARKERS)).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test('byte by byte it passes on the same as in one piece', () => {
    const text = 'data: {"x":1}\r\n\r\nid: 7\rdata: [DONE?\n\ndata: [DONE]\n\nmore'
    const whole = relay([utf8(text)], MARKERS).at(-1)
    expect(relay(cutInto(utf8(text), [1]), MARKERS).at(-1)).toEqual(whole)
    expect(whole).toEqual({ passed: text.indexOf('data: [DONE]'), found: true })
  })
})

describe('markerScanner', () => {
  test('nothing passes once the marker was seen', () => {
    const scanner = markerScanner(MARKERS)
    expect(scanner.take(utf8('a\ndata: [DONE]\n\nb'))).toBe(2)
    expect(scanner.take(utf8('data: late\n\n'))).toBe(0)
    expect(scanner.found()).toBe(true)
  })

  test('an empty piece changes nothing', () => {
    const scanner = markerScanner(MARKERS)
    expect(scanner.take(utf8('data: [D'))).toBe(0)
    expect(scanner.take(new Uint8Array(0))).toBe(0)
    expect(scanner.take(utf8('ONE]'))).toBe(0)
    expect(scanner.found()).toBe(true)
  })

  test('the marker counts at the start of a line only', () => {
    for (const text of ['x data: [DONE]\n', 'data: {"a":"\\ndata: [DONE]"}\n', ' data: [DONE]\n', 'Data: [DONE]\n']) {
      expect(relay([utf8(text)], MARKERS)).toEqual([{ passed: text.length, found: false }])
    }
  })

  test('without markers everything passes', () => {
    expect(relay([utf8('data: [DONE]'), utf8('\n')], [])).toEqual([
      { passed: 12, found: false },
      { passed: 13, found: false },
    ])
  })
})
