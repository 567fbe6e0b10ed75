/**
 * A witness for tests: C2SP tlog-cosignature v1, with node:crypto. It signs whatever it is told to.
 *
 * @module
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { cosignedMessage, formatNote, keyHash, parseNote, type VerifierKey } from '../../src/core/note/index.ts'

export interface TestWitness {
  readonly key: VerifierKey
  /** The signed note with a cosignature of that time more. */
  cosign(signedNote: string, timeSeconds: bigint): string
  /** The signed note with a plain Ed25519 signature by the same key more. */
  signPlainly(signedNote: string): string
}

/** A witness with a new key. */
export function makeWitness(name: string): TestWitness {
  const { privateKey, publicKey: keyObject } = generateKeyPairSync('ed25519')
  const publicKey = Uint8Array.from(keyObject.export({ format: 'der', type: 'spki' }).subarray(-32))
  const key: VerifierKey = { name, type: 4, publicKey, keyHash: keyHash({ name, type: 4, publicKey }) }

  const withLine = (signedNote: string, line: { keyHash: Uint8Array; signature: Uint8Array }): string => {
    const { text, signatures } = parseNote(signedNote)
    return formatNote({ text, signatures: [...signatures, { name, ...line }] })
  }
  return {
    key,
    cosign: (signedNote, timeSeconds) => {
      const message = cosignedMessage({ text: parseNote(signedNote).text, timeSeconds })
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(timeSeconds)
      const signature = Uint8Array.from(Buffer.concat([time, sign(null, message, privateKey)]))
      return withLine(signedNote, { keyHash: key.keyHash, signature })
    },
    signPlainly: (signedNote) => {
      const signature = Uint8Array.from(sign(null, encodeUtf8(parseNote(signedNote).text), privateKey))
      return withLine(signedNote, { keyHash: keyHash({ ...key, type: 1 }), signature })
    },
  }
}
