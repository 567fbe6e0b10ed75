/**
 * The parts by which a stored run is found, made again from the request that is kept.
 *
 * @module
 */
import type { Sha256 } from '../../core/hash/index.ts'
import type { PartRow, RunRow } from '../registry/index.ts'
import { cutStoredRequest, dialectOf } from './disclose-run.ts'
import { indexParts } from './index-parts.ts'

/** @throws {ColophonError} the contents cannot be read; VERSION_UNSUPPORTED */
export const storedParts = ({ run, hash }: { readonly run: RunRow; readonly hash: Sha256 }): readonly PartRow[] =>
  indexParts({ parts: cutStoredRequest(dialectOf(run), run).cut.parts, hash })
