/**
 * The recorded findings against recomputed ones (`docs/spec/composition.md`).
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
import {
  type CompositionResult,
  compareComposition,
  type Finding,
  type RecordedComposition,
  recordComposition,
} from '../composition/index.ts'
import { componentDigester, type Declaration } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { ROLES } from '../roles/index.ts'
import type { ProvenDeclaration } from './check-declaration-contents.ts'
import { type DisclosureCheck, sameJson } from './disclosure-check.ts'
import type { ReadRecord } from './read-record.ts'
import type { RecutRequest } from './recut.ts'

/** @returns the findings with names and places, where they could be recomputed */
export async function checkComposition(
  { read, sheet }: DisclosureCheck,
  proven: { request: RecutRequest | undefined; declaration: ProvenDeclaration | undefined },
): Promise<readonly Finding[] | undefined> {
  const { composition } = read.record
  const declaration = proven.declaration?.document ?? publicDeclaration(read)
  if (proven.request === undefined || (read.declaration !== undefined && declaration === undefined)) {
    if (!isConsistent(composition, read.declaration !== undefined)) {
      sheet.fail('composition', 'The recorded result does not follow from the recorded findings.', {
        code: 'COMPOSITION_MISMATCH',
      })
      return undefined
    }
    if (proven.request !== undefined && !hasStates(proven.request, read)) {
      sheet.fail('composition', 'The recorded states of roles differ from the recomputed ones.', {
        code: 'COMPOSITION_MISMATCH',
      })
      return undefined
    }
    sheet.claim('composition', `The issuer says “${composition.result}”; its findings could not be recomputed.`)
    return undefined
  }
  const { sent } = proven.request
  return sheet.attempt('composition', RECOMPUTED[composition.result], () => {
    const findings =
      declaration === undefined ? [] : compareComposition({ declaration, digest: digesterOf(declaration), sent })
    if (!sameJson(recordComposition({ sent, declaration, findings }), composition)) {
      throw new ColophonError('COMPOSITION_MISMATCH', 'the recorded findings differ from the recomputed ones')
    }
    return findings
  })
}

const RECOMPUTED: Readonly<Record<CompositionResult, string>> = {
  kept: 'What was sent is what was declared: recomputed from the disclosed bytes, each finding as recorded.',
  broken: 'The record says truly that the declaration was broken: each finding is recomputed from the disclosed bytes.',
  undeclared: 'There is no declaration to compare with, and the record says so.',
}

/** States of roles hang on no digest, so that they are proven of a private declaration too that is not disclosed. */
function hasStates({ sent }: RecutRequest, { record, declaration }: ReadRecord): boolean {
  const { roles } = recordComposition({ sent, declaration: declaration?.declaration, findings: [] })
  return sameJson(roles, record.composition.roles)
}

/** A public declaration needs no disclosure: its digests are plain. */
function publicDeclaration({ declaration }: ReadRecord): Declaration | undefined {
  return declaration?.declaration.privacy === 'public' ? declaration.declaration : undefined
}

const digesterOf = ({ blind }: Declaration): ReturnType<typeof componentDigester> =>
  componentDigester(blind === undefined ? undefined : decodeHex(blind, {}))

function isConsistent({ findings, result }: RecordedComposition, declared: boolean): boolean {
  if (!declared) return findings.length === 0 && result === 'undeclared'
  const everyRole = ROLES.every((role) => findings.some((finding) => finding.role === role))
  return everyRole && result === (findings.every(({ finding }) => finding === 'match') ? 'kept' : 'broken')
}
