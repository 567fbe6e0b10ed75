import { describe, expect, test } from 'vitest'
import { decodeBase64, decodeUtf8 } from '../../src/core/bytes/index.ts'
import { openCheckpoint, parseCheckpoint } from '../../src/core/checkpoint/index.ts'
import { ColophonError } from '../../src/core/errors.ts'
import {
  formatNote,
  formatVerifierKey,
  KEY_HASH_SIZE,
  openNote,
  parseCosignature,
  parseNote,
  parseVerifierKey,
  type VerifierKey,
} from '../../src/core/note/index.ts'
import { formatTlogProof, parseTlogProof } from '../../src/core/tlog-proof/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors, readVectorJson } from '../support/shared-vectors.ts'

describeVectors('c2sp-signed-note', () => {
  interface Vector {
    readonly id: string
    readonly vkeys: readonly string[]
    readonly note?: string
    readonly note_b64?: string
    readonly expect: 'ok' | 'reject'
    readonly verified?: readonly string[]
  }

  /** Where we differ from Go's sumdb/note: what happens here instead, and why. */
  const DIFFERENT: Readonly<
    Record<string, { readonly verified: readonly string[] | 'refused'; readonly why: string }>
  > = {
    'ambiguous-duplicate-verifier': { verified: ['EnochRoot'], why: 'the very same key twice is not ambiguous' },
    'duplicate-signatures-deduplicated': { verified: 'refused', why: 'a second line by a known key is refused' },
  }

  /** Names of the keys that verify; Go refuses where there are none, we say so by an empty list. */
  const open = async ({ vkeys, note, note_b64 }: Vector): Promise<readonly string[] | 'refused'> => {
    try {
      const text = note ?? decodeUtf8(Buffer.from(note_b64 as string, 'base64'))
      const opened = await openNote({
        note: parseNote(text),
        keys: vkeys.map(parseVerifierKey),
        verifier: nodeVerifier,
      })
      return opened.verified.map(({ name }) => name)
    } catch (error) {
      if (ColophonError.is(error)) return 'refused'
      throw error
    }
  }

  test.each(readVectorJson<Vector[]>('c2sp-signed-note/open.json'))('open: $id', async (vector) => {
    const got = await open(vector)
    const different = DIFFERENT[vector.id]
    if (different !== undefined) expect(got).toEqual(different.verified)
    else if (vector.expect === 'ok') expect(got).toEqual(vector.verified)
    else expect(got === 'refused' || got.length === 0).toBe(true)
  })

  test('what differs is what the table says', () => {
    expect(Object.keys(DIFFERENT)).toEqual(differencesIn('c2sp-signed-note'))
  })

  test('sign: the note formats back to itself', () => {
    for (const { note } of readVectorJson<{ readonly note: string }[]>('c2sp-signed-note/sign.json')) {
      expect(formatNote(parseNote(note))).toBe(note)
    }
  })
})

describeVectors('c2sp-checkpoint', () => {
  interface Body {
    readonly body: string
    readonly expect: 'ok' | 'reject'
    readonly why?: string
  }

  test('bodies of transparency-dev/formats and of Go', () => {
    const bodies = ['transparency-dev-formats', 'go-sumdb'].flatMap((name) =>
      readVectorJson<Body[]>(`c2sp-checkpoint/parse-${name}.json`),
    )
    expect(bodies).toHaveLength(16)
    let [otherHashes, otherOrigins] = [0, 0]
    for (const { body, expect: expected, why } of bodies) {
      const hash = body.split('\n')[2] ?? ''
      // Ours are logs of SHA-256: root hashes have 32 bytes. Another origin is a question of trust, asked when opening.
      const isOtherHash = expected === 'ok' && Buffer.from(hash, 'base64').length !== 32
      const isOtherOrigin = why === 'origin confusion'
      if (isOtherHash) otherHashes += 1
      if (isOtherOrigin) otherOrigins += 1
      const accepted = (expected === 'ok' && !isOtherHash) || isOtherOrigin
      if (accepted) expect(parseCheckpoint(body)).toMatchObject({ size: 123456789012n })
      else expect(() => parseCheckpoint(body), body).toThrowCode('CHECKPOINT_MALFORMED')
    }
    expect(differencesIn('c2sp-checkpoint')).toEqual([
      `${otherHashes} bodies with a root hash of 7 or 37 bytes`,
      `${otherOrigins} body of another origin`,
    ])
  })

  test("Rekor's checkpoints: read where they are well-formed, and none verifies under another log's key", async () => {
    // Signed with ECDSA, which our logs do not use. The key has a name that only the attacks on it use.
    const publicKey = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').publicKey
    const envelopes = readVectorJson<{ readonly envelope: string; readonly expect: string }[]>(
      'c2sp-checkpoint/rekor-checkpoints-sigstore-js.json',
    )
    for (const { envelope, expect: expected } of envelopes) {
      if (expected === 'ok') expect(parseCheckpoint(parseNote(envelope).text).size).toBeGreaterThan(0n)
      const name = envelope.split('\n', 1)[0] || 'empty'
      const logKey: VerifierKey = { name, type: 1, publicKey, keyHash: new Uint8Array(4) }
      const opening = openCheckpoint({ signedNote: envelope, logKey, verifier: nodeVerifier })
      await expect(opening).rejects.toSatisfy((error) => ColophonError.is(error))
    }
  })
})

describeVectors('c2sp-tlog-proof', () => {
  interface Vector {
    readonly id: string
    readonly proof: string
    readonly expect: 'ok' | 'reject'
  }
  const vectors = readVectorJson<Vector[]>('c2sp-tlog-proof/parse.json')

  describe('accepted', () => {
    test.each(vectors.filter((vector) => vector.expect === 'ok'))('$id', ({ proof }) => {
      expect(formatTlogProof(parseTlogProof(proof))).toBe(proof)
    })
  })

  describe('refused', () => {
    test.each(vectors.filter((vector) => vector.expect === 'reject'))('$id', ({ proof }) => {
      expect(() => parseTlogProof(proof)).toThrowCode('PROOF_MALFORMED')
    })
  })
})

describeVectors('c2sp-cosignature', () => {
  test('cosignatures: time and signature, or another form', () => {
    interface Vector {
      readonly sig_b64: string
      readonly expect: 'ok' | 'reject'
      readonly unix?: number
    }
    /** @returns undefined where the line holds no cosignature */
    const timeIn = ({ sig_b64 }: Vector): bigint | undefined => {
      try {
        return parseCosignature(decodeBase64(sig_b64).subarray(KEY_HASH_SIZE))?.timeSeconds
      } catch (error) {
        if (ColophonError.is(error, 'BASE64_MALFORMED')) return undefined
        throw error
      }
    }
    for (const vector of readVectorJson<Vector[]>('c2sp-cosignature/timestamps.json')) {
      expect(timeIn(vector)).toBe(vector.unix === undefined ? undefined : BigInt(vector.unix))
    }
  })

  test('verifier keys: as published, but for the types that we do not verify', () => {
    const different: string[] = []
    for (const { id, vkey, expect: expected } of readVectorJson<{ id: string; vkey: string; expect: string }[]>(
      'c2sp-cosignature/vkeys.json',
    )) {
      const isOtherType = id.includes('MLDSA')
      if (isOtherType) different.push(id)
      if (expected === 'ok' && !isOtherType) expect(formatVerifierKey(parseVerifierKey(vkey))).toBe(vkey)
      else expect(() => parseVerifierKey(vkey), id).toThrowCode('KEY_MALFORMED')
    }
    expect(different).toEqual(differencesIn('c2sp-cosignature'))
  })
})
