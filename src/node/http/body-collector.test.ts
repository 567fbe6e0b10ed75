/**
 * Pieces of any number and size come out as they went in.
 */
import { expect, test } from 'vitest'
import { BodyCollector } from './body-collector.ts'

test.each([[[]], [[5]], [[0, 5]], [[1, 2, 3]], [[100, 1]], [[1, 100]], [Array(1000).fill(1)], [[0, 0, 7, 0, 9]]])(
  'pieces of %j bytes',
  (sizes) => {
    const body = new BodyCollector()
    const whole = Buffer.from(Array.from({ length: sizes.reduce((sum, size) => sum + size, 0) }, (_, index) => index))
    let place = 0
    for (const size of sizes) {
      body.add(whole.subarray(place, place + size))
      place += size
      expect(body.sizeBytes).toBe(place)
    }
    expect(body.bytes()).toEqual(whole)
  },
)

test('one piece is not copied, and no piece is written to', () => {
  const [first, second] = [Buffer.from('abc'), Buffer.from('def')]
  const body = new BodyCollector()
  body.add(first)
  expect(body.bytes().buffer).toBe(first.buffer)
  body.add(second)
  body.add(second)
  expect([`${body.bytes()}`, `${first}`, `${second}`]).toEqual(['abcdefdef', 'abc', 'def'])
})
