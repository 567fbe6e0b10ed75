/**
 * Content codings of an answer (RFC 9110 section 8.4.1): what is hashed and recorded is the decoded body, and what goes
 * on to the caller stays as it came.
 *
 * One layer at most: nobody sends more in good faith, and each layer multiplies what a small answer can grow to.
 *
 * @module
 */
import { promisify } from 'node:util'
// As a whole, and zstd when it is asked for: Node has it from 22.15, and an older one shall say that its SQLite is too
// old, not that a name is missing.
import zlib, { type BrotliOptions, type ZlibOptions, type ZstdOptions } from 'node:zlib'

export type ContentCoding = 'identity' | 'gzip' | 'deflate' | 'br' | 'zstd'

const CODINGS: ReadonlyMap<string, ContentCoding> = new Map([
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
])

/** @param contentEncoding the header's value @returns undefined for another coding, or for several */
export const contentCodingOf = (contentEncoding: string | undefined): ContentCoding | undefined =>
  CODINGS.get((contentEncoding ?? '').trim().toLowerCase())

export interface DecodeInput {
  readonly coding: ContentCoding
  readonly body: Buffer
  /** False for a body that was cut short: then what can be decoded of it is. */
  readonly isWhole: boolean
  /** Most bytes of the decoded body. */
  readonly maxBytes: number
}

/** @returns undefined where the body is not of its coding, or larger than the bound */
export async function decodeBody({ coding, body, isWhole, maxBytes }: DecodeInput): Promise<Buffer | undefined> {
  if (coding === 'identity' || body.length === 0) return body
  try {
    return await decode(body, coding, { maxOutputLength: maxBytes, isWhole })
  } catch {
    return undefined
  }
}

const decoders = {
  gunzip: promisify<Buffer, ZlibOptions, Buffer>(zlib.gunzip),
  inflate: promisify<Buffer, ZlibOptions, Buffer>(zlib.inflate),
  inflateRaw: promisify<Buffer, ZlibOptions, Buffer>(zlib.inflateRaw),
  brotli: promisify<Buffer, BrotliOptions, Buffer>(zlib.brotliDecompress),
  zstd: (body: Buffer, options: ZstdOptions) =>
    promisify<Buffer, ZstdOptions, Buffer>(zlib.zstdDecompress)(body, options),
}

function decode(
  body: Buffer,
  coding: Exclude<ContentCoding, 'identity'>,
  { maxOutputLength, isWhole }: { readonly maxOutputLength: number; readonly isWhole: boolean },
): Promise<Buffer> {
  const finish = (flush: number) => ({ maxOutputLength, ...(isWhole ? {} : { finishFlush: flush }) })
  switch (coding) {
    case 'gzip':
      return decoders.gunzip(body, finish(zlib.constants.Z_SYNC_FLUSH))
    case 'deflate': {
      // RFC 9110 means the zlib format; some servers send bare deflate, and every client takes both.
      const isZlib = ((body[0] as number) & 0x0f) === 8
      return (isZlib ? decoders.inflate : decoders.inflateRaw)(body, finish(zlib.constants.Z_SYNC_FLUSH))
    }
    case 'br':
      return decoders.brotli(body, finish(zlib.constants.BROTLI_OPERATION_FLUSH))
    case 'zstd':
      return decoders.zstd(body, finish(zlib.constants.ZSTD_e_flush))
  }
}
