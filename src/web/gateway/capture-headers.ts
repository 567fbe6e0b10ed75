/**
 * What a caller asks of the gateway itself, in request headers that are never passed on:
 *
 * | header | says |
 * |---|---|
 * | `Colophon-Declaration` | the declaration that the run is bound to, by its id |
 * | `Colophon-Context` | passages that the request holds: references that `PUT /passages` gave, with commas between them |
 * | `Colophon-Nonce` | 32 bytes of the caller's choosing, in hexadecimal, so that it knows that the run is fresh |
 * | `Colophon-Inline` | `1`: the record itself comes at the end of a stream |
 * | `Colophon-Token` | the gateway's own token (`Authorization` belongs to the upstream) |
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'

export interface CaptureRequest {
  readonly declarationId: string | undefined
  readonly requesterNonce: string | undefined
  /** References to passages. */
  readonly context: readonly string[]
  /** The record itself is wanted at the end of a stream. */
  readonly isInline: boolean
}

/** The value of a header by its name in lower case. */
export type HeaderLookup = (name: string) => string | undefined

/** @throws {ColophonError} HEADER_MALFORMED */
export function readCaptureHeaders(header: HeaderLookup): CaptureRequest {
  const nonce = header('colophon-nonce')
  if (nonce !== undefined && !/^[0-9a-f]{64}$/.test(nonce)) throw malformed('Colophon-Nonce')
  const context =
    header('colophon-context')
      ?.split(',')
      .map((reference) => reference.trim()) ?? []
  if (!context.every((reference) => /^[0-9a-f]{64}$/.test(reference))) throw malformed('Colophon-Context')
  const inline = header('colophon-inline')
  if (inline !== undefined && inline !== '1') throw malformed('Colophon-Inline')
  return { declarationId: header('colophon-declaration'), requesterNonce: nonce, context, isInline: inline === '1' }
}

const malformed = (name: string): ColophonError =>
  new ColophonError('HEADER_MALFORMED', 'a header has another form than it should', { at: name })
