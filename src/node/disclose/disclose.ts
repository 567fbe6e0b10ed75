/**
 * Makes the disclosure file of some parts of a run, and makes sure that it opens the run's record.
 *
 * @module
 */
import { formatDisclosure } from '../../core/disclosure/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { verifyRecord } from '../../core/verify/index.ts'
import { type DisclosedParts, discloseParts, type PartSelector } from '../../web/capture/index.ts'
import { nodeSha256, nodeVerifier } from '../keys/index.ts'
import type { WholeRun } from './read-run.ts'

export interface MadeDisclosure extends DisclosedParts {
  /** The file. */
  readonly bytes: Uint8Array
}

/**
 * @throws {ColophonError} PART_UNKNOWN, JSON_TOO_LARGE
 * @throws {ColophonError} STORE_DAMAGED  it would not open the record: what is stored is not what was signed
 */
export async function makeDisclosure(run: WholeRun, selectors: readonly PartSelector[]): Promise<MadeDisclosure> {
  const { disclosure: whole, dialect, record } = run
  const parts = discloseParts({ whole, dialect, selectors, hash: nodeSha256 })
  const bytes = formatDisclosure(parts.disclosure)
  if (record !== undefined) await requireOpens(record, bytes)
  return { ...parts, bytes }
}

async function requireOpens(record: Uint8Array, disclosure: Uint8Array): Promise<void> {
  const { checks } = await verifyRecord({ record, disclosure }, { verifier: nodeVerifier, hash: nodeSha256 })
  // Whatever else the record is worth is for its verifier.
  const failed = checks.find(({ id, status }) => status === 'fail' && OPENINGS.has(id))
  if (failed === undefined) return
  throw new ColophonError('STORE_DAMAGED', 'what is stored of the run is not what was signed', {
    at: failed.id,
    hint: 'Nothing was written. Find out more: colophon log fsck.',
  })
}

const OPENINGS: ReadonlySet<string> = new Set([
  'requestBytes',
  'requestClosure',
  'responseBytes',
  'responseClosure',
  'declarationContents',
])
