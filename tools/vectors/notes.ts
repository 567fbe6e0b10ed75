/**
 * Signed notes for vectors, put together by Node's crypto and Buffer.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { noteSigningKey } from './keys.ts'
import { base64Of } from './parts.ts'

const ED25519 = 1
const COSIGNATURE = 4

export interface NoteKey {
  readonly name: string
  readonly vkey: string
  /** The whole key id in hexadecimal. */
  readonly keyIdHex: string
  readonly publicKey: Uint8Array
  /** The signature line of a text. */
  readonly line: (text: string) => string
  /** The signature line of a witness, which signs a time too. */
  readonly cosign: (text: string, timeSeconds: bigint) => string
}

/** A log's key, or a witness's, of a seed whose 32 bytes all are `seed`. */
export function noteKey({
  name,
  seed,
  type = ED25519,
}: {
  readonly name: string
  readonly seed: number
  readonly type?: number
}): NoteKey {
  const { publicKey, sign } = noteSigningKey(seed)
  const typed = Buffer.concat([Buffer.of(type), publicKey])
  const keyId = createHash('sha256').update(`${name}\n`).update(typed).digest()
  const line = (signature: Uint8Array): string => signatureLine(name, keyId.subarray(0, 4), signature)
  return {
    name,
    vkey: `${name}+${keyId.toString('hex', 0, 4)}+${base64Of(typed)}`,
    keyIdHex: keyId.toString('hex'),
    publicKey,
    line: (text) => line(sign(Buffer.from(text))),
    cosign: (text, timeSeconds) => {
      const signature = sign(Buffer.from(`cosignature/v1\ntime ${timeSeconds}\n${text}`))
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(timeSeconds)
      return line(Buffer.concat([time, signature]))
    },
  }
}

/** A line whatever it holds. */
export const signatureLine = (name: string, keyHash: Uint8Array, signature: Uint8Array): string =>
  `\u2014 ${name} ${base64Of(Buffer.concat([keyHash, signature]))}\n`

/** The log of the example run. */
export const LOG: NoteKey = noteKey({ name: '2026a.log.example', seed: 7 })
export const WITNESS: NoteKey = noteKey({ name: 'witness.example', seed: 9, type: COSIGNATURE })
export const OTHER_WITNESS: NoteKey = noteKey({ name: 'other-witness.example', seed: 10, type: COSIGNATURE })
