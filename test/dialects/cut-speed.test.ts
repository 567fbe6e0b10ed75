/**
 * The cut is bounded work: at ten times what it is to take (`docs/performance.md` has the figures).
 */
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { JSON_APIS } from '../../src/core/dialects/index.ts'
import { cutObject } from '../../src/core/dialects/json-api/cut-object.ts'
import { chatBody } from '../support/chat-body.ts'

const [CHAT] = JSON_APIS

/** The fastest of some, in milliseconds. */
function fastest(work: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return Math.min(...times)
}

test('a cut takes a bounded multiple of parsing, and grows with the body as parsing does', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (const sizeKb of [32, 512, 4_096]) {
    const body = encodeUtf8(chatBody(sizeKb << 10))
    const parsing = fastest(() => JSON.parse(decoder.decode(body)) as unknown)
    const cutting = fastest(() => cutObject(body, { shape: CHAT?.request as never, cutList: [] }))
    expect(cutting, `${sizeKb} KB`).toBeLessThan(15 * parsing)
  }
})
