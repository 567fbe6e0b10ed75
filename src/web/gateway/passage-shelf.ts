/**
 * Passages that an application has put, until its requests name them (`docs/spec/gateway-api.md`, "Passages").
 *
 * In memory: what is not named in time is forgotten, and so is everything at a restart. A reference is the digest of what
 * was put, so that putting the same again changes nothing.
 *
 * @module
 */
import { encodeHex } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { canonicalize, type ObjectReader, parseJson, readObject } from '../../core/json/index.ts'
import type { NamedPassage } from '../../core/passages/index.ts'
import { MAX_CUTS } from '../../core/spans/index.ts'

export interface PassageShelf {
  /** @returns the reference, hex @throws {ColophonError} SCHEMA_MISMATCH, JSON_* */
  readonly put: (body: Uint8Array) => { readonly reference: string; readonly count: number }
  /** @throws {ColophonError} CONTEXT_UNKNOWN, CONTEXT_TOO_LARGE */
  readonly take: (references: readonly string[]) => readonly NamedPassage[]
}

interface Shelved {
  readonly passages: readonly NamedPassage[]
  readonly sizeBytes: number
}

/** Of all that is kept: the oldest goes first. */
const MAX_BYTES = 64 << 20

export function passageShelf({ hash, maxBytes = MAX_BYTES }: { hash: Sha256; maxBytes?: number }): PassageShelf {
  /** The one used last comes last. */
  const shelved = new Map<string, Shelved>()
  let sizeBytes = 0

  const keep = (reference: string, one: Shelved): void => {
    forget(reference)
    shelved.set(reference, one)
    sizeBytes += one.sizeBytes
    for (const oldest of shelved.keys()) {
      if (sizeBytes <= maxBytes) break
      forget(oldest)
    }
  }
  const forget = (reference: string): void => {
    sizeBytes -= shelved.get(reference)?.sizeBytes ?? 0
    shelved.delete(reference)
  }

  return {
    put: (body) => {
      const passages = readPassages(body)
      const canonical = canonicalize(passages)
      if (canonical.length > maxBytes) throw new ColophonError('CONTEXT_TOO_LARGE', 'the passages are too long to keep')
      const reference = encodeHex(hash(canonical))
      keep(reference, { passages, sizeBytes: canonical.length })
      return { reference, count: passages.length }
    },
    take: (references) =>
      references.flatMap((reference) => {
        const found = shelved.get(reference)
        if (found === undefined) throw new ColophonError('CONTEXT_UNKNOWN', 'no passages have this reference')
        keep(reference, found)
        return found.passages
      }),
  }
}

/** `{"passages":[{"label":…,"text":…}, {"label":…,"sha256":…}, …]}`; `version` and `rank` where they are known. */
function readPassages(body: Uint8Array): NamedPassage[] {
  const reader = readObject(parseJson(body), '')
  const passages = reader
    .array('passages', { max: MAX_CUTS })
    .map(({ value, at }) => readPassage(readObject(value, at)))
  reader.end()
  return passages
}

function readPassage(reader: ObjectReader): NamedPassage {
  const name = {
    label: reader.string('label', { max: 256 }),
    ...(reader.has('version') ? { version: reader.string('version', { max: 256 }) } : {}),
    ...(reader.has('rank') ? { rank: reader.integer('rank') } : {}),
  }
  const passage = reader.has('sha256')
    ? { ...name, sha256: reader.hex('sha256', 32) }
    : { ...name, text: requireText(reader) }
  reader.end()
  return passage
}

function requireText(reader: ObjectReader): string {
  const text = reader.string('text')
  if (text !== '') return text
  throw new ColophonError('SCHEMA_MISMATCH', 'a passage is empty', { at: `${reader.at}/text` })
}
