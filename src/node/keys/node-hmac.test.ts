/** The same bytes as node:crypto's own HMAC and the core's, for keys and messages of any length. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmacSha256 } from '../../core/hash/index.ts'
import { nodeHmacSha256 } from './node-hmac.ts'

test('agrees with node:crypto and with the core', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(bytes, bytes, (key, message) => {
      const digest = nodeHmacSha256({ key, message })
      expect(Buffer.from(digest)).toEqual(createHmac('sha256', key).update(message).digest())
      expect(digest).toEqual(hmacSha256({ key, message }))
    }),
  )
})
