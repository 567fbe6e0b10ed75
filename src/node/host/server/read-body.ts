/**
 * The body of a request, of bounded size.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { ByteWriter } from '../../../core/bytes/index.ts'
import { Refusal } from './refusal.ts'

/** Largest body in bytes: 1 MiB. */
export const MAX_BODY_BYTES = 1_048_576

/**
 * The whole body. What comes after a refusal is read and dropped, so that the client gets to see the refusal.
 *
 * @throws {Refusal} request_too_large  more than `MAX_BODY_BYTES`
 */
export function readBody(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // One growing buffer: a million chunks of one byte must not become a million objects.
    const body = new ByteWriter(4096)
    request.on('data', (chunk: Uint8Array) => {
      if (body.sizeBytes + chunk.length <= MAX_BODY_BYTES) body.raw(chunk)
      else reject(new Refusal('request_too_large', `the body has more than ${MAX_BODY_BYTES} bytes`, { status: 413 }))
    })
    request.once('end', () => resolve(body.finish()))
    request.once('error', reject)
  })
}
