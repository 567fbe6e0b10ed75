import { expect, test } from 'vitest'
import { splitEvents } from '../../src/core/event-stream/index.ts'
import { describeVectors, readVectorJson } from '../support/shared-vectors.ts'

interface Vector {
  readonly source: string
  readonly name: string
  readonly chunks_hex: readonly string[]
  readonly events: readonly { readonly data: string }[]
}

describeVectors('sse', () => {
  test('every stream has the events that its publisher says', () => {
    const vectors = readVectorJson<Vector[]>('sse/vectors.json')
    expect(vectors.length).toBeGreaterThan(100)
    for (const { source, name, chunks_hex, events } of vectors) {
      const found = splitEvents(Buffer.from(chunks_hex.join(''), 'hex'))
      // As the standard has it, text that is not UTF-8 shows U+FFFD; the bytes themselves are kept.
      const data = found.flatMap((event) => (event.data === undefined ? [] : [Buffer.from(event.data).toString()]))
      expect([source, name, data]).toEqual([source, name, events.map((event) => event.data)])
    }
  })
})
