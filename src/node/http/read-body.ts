/**
 * The body of a request, whole and of bounded size.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { ColophonError } from '../../core/errors.ts'
import { BodyCollector } from './body-collector.ts'

/**
 * What comes after a refusal is read and dropped, so that the caller gets to see the refusal.
 *
 * @returns undefined where the caller went away before the end
 * @throws {ColophonError} REQUEST_TOO_LARGE
 */
export function readBody(
  request: IncomingMessage,
  { maxBytes }: { readonly maxBytes: number },
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const body = new BodyCollector()
    const tooLarge = () => new ColophonError('REQUEST_TOO_LARGE', `the body has more than ${maxBytes} bytes`)
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(tooLarge())
    request.on('data', (piece: Buffer) => {
      if (body.sizeBytes + piece.length <= maxBytes) body.add(piece)
      else reject(tooLarge())
    })
    request.once('end', () => resolve(body.bytes()))
    request.once('error', () => resolve(undefined))
    request.once('close', () => resolve(undefined))
  })
}
