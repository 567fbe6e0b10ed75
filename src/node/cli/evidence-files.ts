/**
 * The files that a verifier is given: an answer, and its record and disclosure beside it.
 *
 *     answer.txt    answer.txt.sigstore.json    answer.txt.disclosure.json
 *
 * A disclosure may be sealed with age; then it is opened with an identity that the verifier names.
 *
 * @module
 */
import { stat } from 'node:fs/promises'
import { ColophonError } from '../../core/errors.ts'
import { isSealed, unseal } from '../../web/age/index.ts'
import { readIdentities } from '../age/index.ts'
import { readFileBounded } from '../files/index.ts'

const RECORD_SUFFIX = '.sigstore.json'
const DISCLOSURE_SUFFIX = '.disclosure.json'
const SEALED_SUFFIX = `${DISCLOSURE_SUFFIX}.age`

/** Above the verifier's own bounds, so that it is the verifier who judges what is too large. */
const MAX_RECORD_SIZE = 64 << 20
const MAX_DISCLOSURE_SIZE = 160 << 20
const MAX_ANSWER_SIZE = 256 << 20

export interface EvidenceOptions {
  /** Default: beside the answer. */
  readonly record?: string
  /** Default: beside the answer, if it is there. False for none. */
  readonly disclosure?: string | false
  /** File of age identities that open a sealed disclosure. */
  readonly identity?: string
}

export interface EvidenceFiles {
  readonly record: Uint8Array
  readonly output: Uint8Array | undefined
  readonly disclosure: Uint8Array | undefined
  readonly names: {
    readonly record: string
    readonly answer: string | null
    readonly disclosure: string | null
  }
}

/**
 * @param answer an answer; a record, by its name; undefined for the record of the options alone
 * @throws {ColophonError} USAGE, FILE_UNREADABLE, FILE_TOO_LARGE, RECORD_NOT_FOUND; the first of 2 and 4 in that order
 * @throws {ColophonError} DISCLOSURE_SEALED, DISCLOSURE_MALFORMED (a sealed one that is damaged), KEY_*
 */
export async function readEvidence(answer: string | undefined, options: EvidenceOptions): Promise<EvidenceFiles> {
  const names = await namesOf(answer, options)
  const output = names.answer === null ? undefined : await readFileBounded(names.answer, { maxBytes: MAX_ANSWER_SIZE })
  const disclosure = names.disclosure === null ? undefined : await readDisclosure(names.disclosure, options)
  if (!(await isThere(names.record))) {
    throw new ColophonError('RECORD_NOT_FOUND', 'there is no record', {
      at: names.record,
      hint: 'Get it from whoever gave you the answer, and put it there; verify and explain also take --record FILE.',
    })
  }
  return { record: await readFileBounded(names.record, { maxBytes: MAX_RECORD_SIZE }), output, disclosure, names }
}

async function readDisclosure(path: string, { identity }: EvidenceOptions): Promise<Uint8Array> {
  // Before the file is read: whoever names an identity wants to know that it is none.
  const identities = identity === undefined ? [] : await readIdentities(identity)
  const bytes = await readFileBounded(path, { maxBytes: MAX_DISCLOSURE_SIZE })
  if (!isSealed(bytes)) return bytes
  return unseal(bytes, { identities, at: path })
}

async function namesOf(answer: string | undefined, options: EvidenceOptions): Promise<EvidenceFiles['names']> {
  const isRecord = answer?.endsWith(RECORD_SUFFIX) === true && options.record === undefined
  const record = options.record ?? (isRecord || answer === undefined ? answer : answer + RECORD_SUFFIX)
  if (record === undefined) {
    throw new ColophonError('USAGE', 'neither an answer nor a record is named', {
      hint: 'Name an answer, or a record alone: --record FILE.',
    })
  }
  const beside = isRecord || answer === undefined ? stemOf(record) : answer
  return { record, answer: isRecord ? null : (answer ?? null), disclosure: await disclosureOf(beside, options) }
}

async function disclosureOf(beside: string, { disclosure, identity }: EvidenceOptions): Promise<string | null> {
  if (disclosure === false) return null
  if (disclosure !== undefined) return disclosure
  for (const suffix of [DISCLOSURE_SUFFIX, SEALED_SUFFIX]) {
    // A sealed one is of no use to others, who need not know that it is there.
    if (suffix === SEALED_SUFFIX && identity === undefined) continue
    if (await isThere(beside + suffix)) return beside + suffix
  }
  return null
}

const stemOf = (record: string): string =>
  record.endsWith(RECORD_SUFFIX) ? record.slice(0, -RECORD_SUFFIX.length) : record

/** What is there and cannot be looked at is there: reading it says why. */
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  )
