import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../bytes/index.ts'
import { splitEvents } from './index.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const split = (text: string) =>
  splitEvents(utf8(text)).map(({ start, end, data, finished }) => ({
    event: Buffer.from(utf8(text)).toString('utf8', start, end),
    data: data === undefined ? undefined : decodeUtf8(data),
    finished,
  }))
const dataOf = (text: string) => split(text).map(({ data }) => data)

/** Data of the finished events, by the words of the standard: lines, fields, a buffer. */
function dataByTheStandard(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  lines.pop() // What has no line end is not a line yet.
  const found: string[] = []
  let buffer = ''
  for (const line of lines) {
    if (line === '') {
      if (buffer !== '') found.push(buffer.slice(0, -1))
      buffer = ''
      continue
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') buffer += `${value}\n`
  }
  return found
}

describe('splitEvents', () => {
  test('events tile the stream, and have the data that the standard gives them', () => {
    const fragment = fc.constantFrom(
      ...[
        'data',
        'data:',
        'data: ',
        'data:  x',
        'dat',
        'data2: x',
        ' data: x',
        'event: e',
        'id',
        ': comment',
        'é',
        '\u2028',
      ],
      ...['\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n', '\ufeff', '\u0000'],
    )
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 14 }), (parts) => {
        const bytes = utf8(parts.join(''))
        const events = splitEvents(bytes)
        let at = 0
        for (const { start, end } of events) {
          expect(start).toBe(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(at).toBe(bytes.length)
        for (const [place, { finished }] of events.entries()) {
          if (!finished) expect(place).toBe(events.length - 1)
        }
        const data = events.flatMap((event) => (event.data === undefined ? [] : [decodeUtf8(event.data)]))
        expect(data).toEqual(dataByTheStandard(parts.join('')))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['one space after the colon goes', 'data:  a\n\n', [' a']],
    ['no colon', 'data\n\n', ['']],
    ['several lines', 'data: a\ndata\ndata:b\n\n', ['a\n\nb']],
    ['other fields and comments belong to the event', ': c\nid: 1\nevent: e\ndata: a\n\n', ['a']],
    ['without data', ': c\n\n', [undefined]],
    ['names are compared exactly', 'Data: a\ndatas: b\n data: c\n\n', [undefined]],
    ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['CR LF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['LF CR is two line ends', 'data: a\n\rdata: b\n\r', ['a', 'b']],
    ['a byte order mark', '\ufeffdata: a\n\n', ['a']],
    ['a second byte order mark', '\ufeff\ufeffdata: a\n\n', [undefined]],
    ['U+2028 is no line end', 'data: a\u2028b\n\n', ['a\u2028b']],
    ['nothing', '', []],
  ])('%s', (_, text, data) => {
    expect(dataOf(text)).toEqual(data)
  })

  test('what stands after the last blank line is an event that was never finished, and has no data', () => {
    expect(split('data: a\n\ndata: b\n')).toEqual([
      { event: 'data: a\n\n', data: 'a', finished: true },
      { event: 'data: b\n', data: undefined, finished: false },
    ])
    expect(split('data: a\n')).toMatchObject([{ finished: false, data: undefined }])
    expect(split('data: a')).toMatchObject([{ finished: false, data: undefined }])
    expect(split('\ufeff')).toMatchObject([{ finished: false }])
  })

  test('an event of many lines, and many events', () => {
    expect(splitEvents(utf8(`${'data: x\n'.repeat(300_000)}\n`))[0]?.data).toHaveLength(599_999)
    expect(splitEvents(utf8('data:\n\n'.repeat(100_000)))).toHaveLength(100_000)
  })
})
