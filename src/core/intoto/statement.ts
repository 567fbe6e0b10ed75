/**
 * in-toto Statement v1 in the strict form of this project's records:
 * https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 *
 *     {"_type":"https://in-toto.io/Statement/v1","predicate":{...},"predicateType":URI,
 *      "subject":[{"digest":{"sha256":HEX},"name":TEXT}, ...]}
 *
 * in RFC 8785 form. Stricter than in-toto: names are there and unique, every digest is SHA-256 and nothing else, unknown
 * members are refused.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, type JsonObject, parseCanonicalJson, readObject } from '../json/index.ts'

/** DSSE payload type of a statement. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** Most subjects of a statement. */
export const MAX_SUBJECTS = 1000

/** Largest statement in bytes. */
export const MAX_STATEMENT_SIZE = 1024 * 1024

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const MAX_NAME_LENGTH = 1024
const NOT_EMPTY = /^[\s\S]/
const SHA256_HEX = /^[0-9a-f]{64}$/

/** What a statement is about. */
export interface Subject {
  readonly name: string // 1 to 1024 characters, unique in the statement
  readonly sha256: string // 64 characters of lowercase hexadecimal
}

export interface Statement {
  readonly subjects: readonly Subject[] // 1 to 1000
  readonly predicate: JsonObject
}

function malformed(message: string, at: string): ColophonError {
  return new ColophonError('STATEMENT_MALFORMED', message, { at })
}

/**
 * Reads a statement of one predicate type. Verifies nothing.
 *
 * @param payload  the DSSE payload as it was signed
 * @param options.predicateType  the only one that is accepted
 * @throws {ColophonError} STATEMENT_MALFORMED
 */
export function parseStatement(payload: Uint8Array, { predicateType }: { readonly predicateType: string }): Statement {
  return asFormat({ code: 'STATEMENT_MALFORMED' }, () => {
    const reader = readObject(parseCanonicalJson(payload, { maxBytes: MAX_STATEMENT_SIZE }), '')
    reader.literal('_type', STATEMENT_TYPE)
    reader.literal('predicateType', predicateType)
    const predicate = reader.value('predicate')
    const subject = reader.array('subject', { max: MAX_SUBJECTS })
    reader.end()
    if (!(predicate instanceof Map)) throw malformed('predicate is not an object', '/predicate')
    if (subject.length === 0) throw malformed('statement has no subject, want at least one', '/subject')
    const names = new Set<string>()
    const subjects = subject.map(({ value, at }) => {
      const member = readObject(value, at)
      const name = member.string('name', { max: MAX_NAME_LENGTH, pattern: NOT_EMPTY })
      const digest = member.object('digest')
      const sha256 = digest.hex('sha256', 32)
      digest.end()
      member.end()
      if (names.has(name)) throw malformed('two subjects have the same name', at)
      names.add(name)
      return { name, sha256 }
    })
    return { subjects, predicate: predicate as JsonObject }
  })
}

/**
 * Bytes of a statement, the payload to sign: `parseStatement` gives it back.
 *
 * @throws {RangeError} no subject or too many, a name that is empty, too long or used twice, a digest that is not 64
 *   characters of lowercase hexadecimal
 * @throws {ColophonError} JSON_TOO_LARGE, and as `canonicalize`
 */
export function formatStatement({
  predicateType,
  subjects,
  predicate,
}: {
  readonly predicateType: string
  readonly subjects: readonly Subject[]
  readonly predicate: object
}): Uint8Array {
  if (subjects.length === 0 || subjects.length > MAX_SUBJECTS) {
    throw new RangeError(`subjects: got ${subjects.length}, want 1 to ${MAX_SUBJECTS}`)
  }
  const names = new Set<string>()
  for (const { name, sha256 } of subjects) {
    if (name.length === 0 || name.length > MAX_NAME_LENGTH) throw new RangeError('subjects: name is empty or too long')
    if (names.has(name)) throw new RangeError(`subjects: two are named ${name}`)
    if (!SHA256_HEX.test(sha256)) throw new RangeError('subjects: sha256 is not lowercase hexadecimal of 32 bytes')
    names.add(name)
  }
  const bytes = canonicalize({
    _type: STATEMENT_TYPE,
    predicateType,
    subject: subjects.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicate,
  })
  if (bytes.length > MAX_STATEMENT_SIZE) {
    throw new ColophonError('JSON_TOO_LARGE', `statement has ${bytes.length} bytes, want at most ${MAX_STATEMENT_SIZE}`)
  }
  return bytes
}
