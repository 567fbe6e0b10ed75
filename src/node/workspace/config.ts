/**
 * The configuration of an issuer's folder, strict JSON:
 *
 *     {"format": "colophon/config/v1", "origin": "log.example-host", "signer": "Who signs", "head": "head.sqlite"}
 *
 * Trusted: whoever can change it can stop the issuer from opening its log, and point it at an older copy of the head store;
 * nothing else, for keys and store are files of their own.
 *
 * @module
 */
import { asFormat } from '../../core/as-format.ts'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { parseJson, readObject } from '../../core/json/index.ts'

export interface WorkspaceConfig {
  /** The log's origin: a bare host name. */
  readonly origin: string
  /** What reports call the issuer, as its trust policy says it. */
  readonly signer: string
  /** The file of the head store: relative to the folder, or absolute, so that it can lie on another disk. */
  readonly head: string
}

const FORMAT = 'colophon/config/v1'

/** Largest configuration file. */
export const MAX_CONFIG_SIZE = 65_536

export function formatConfig({ origin, signer, head }: WorkspaceConfig): Uint8Array {
  return encodeUtf8(`${JSON.stringify({ format: FORMAT, origin, signer, head }, undefined, 2)}\n`)
}

/** @throws {ColophonError} CONFIG_MALFORMED */
export function parseConfig(bytes: Uint8Array): WorkspaceConfig {
  return asFormat({ code: 'CONFIG_MALFORMED' }, () => {
    const reader = readObject(parseJson(bytes), '')
    reader.literal('format', FORMAT)
    const config = {
      origin: reader.string('origin', { max: 253, pattern: /^[a-z0-9.-]+$/ }),
      signer: reader.string('signer', { max: 200, pattern: /^[\s\S]/ }),
      head: reader.string('head', { max: 4_096, pattern: /^[^\0]+$/ }),
    }
    reader.end()
    return config
  })
}
