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
  policyFinding,
  type RecordedComposition,
  recordComposition,
  showSides,
} from '../composition/index.ts'
import { componentDigester, type Declaration, type PublishedDeclaration, ruleNamesOf } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { ROLES } from '../roles/index.ts'
import type { ProvenDeclaration } from './check-declaration-contents.ts'
import { type DisclosureCheck, sameJson } from './disclosure-check.ts'
import type { ReadRecord } from './read-record.ts'
import type { RecutRequest } from './recut.ts'

/** @returns the findings with names, places and both sides, where they could be recomputed */
export async function checkComposition(
  { read, sheet }: DisclosureCheck,
  proven: { request: RecutRequest | undefined; declaration: ProvenDeclaration | undefined },
): Promise<readonly Finding[] | undefined> {
  const { composition } = read.record
  const declaration = proven.declaration?.document ?? publicDeclaration(read)
  if (proven.request === undefined || (read.declaration !== undefined && declaration === undefined)) {
    if (!isConsistent(composition, read.declaration?.declaration)) {
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
    const compared =
      declaration === undefined ? [] : compareComposition({ declaration, digest: digesterOf(declaration), sent })
    // What rules say is a check of its own; here it only has to lead to this result.
    const { policy } = composition
    const findings = policy === undefined ? compared : [...compared, policyFinding(policy.rules)]
    const isRecorded = sameJson(recordComposition({ sent, declaration, findings, policy }), composition)
    if (!isRecorded || !hasRules(composition, declaration)) {
      throw new ColophonError('COMPOSITION_MISMATCH', 'the recorded findings differ from the recomputed ones')
    }
    if (declaration === undefined) return findings
    return showSides(findings, { declaration, contents: proven.declaration?.contents ?? [], sent })
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

/** Names of rules are published, in private declarations too: which rules there are takes no disclosure. */
function hasRules({ policy }: RecordedComposition, declaration: PublishedDeclaration | undefined): boolean {
  const declared = declaration === undefined ? [] : ruleNamesOf(declaration)
  const recorded = policy?.rules.map(({ rule }) => rule) ?? []
  return sameJson(declared, recorded) && (policy === undefined) === (declared.length === 0)
}

function isConsistent(composition: RecordedComposition, declaration: PublishedDeclaration | undefined): boolean {
  const { findings, result, policy } = composition
  if (!hasRules(composition, declaration)) return false
  if (declaration === undefined) return findings.length === 0 && result === 'undeclared'
  if (
    policy !== undefined &&
    !sameJson(
      findings.filter(({ role }) => role === 'policy'),
      [policyFinding(policy.rules)],
    )
  ) {
    return false
  }
  const everyRole = ROLES.every((role) => findings.some((finding) => finding.role === role))
  return everyRole && result === (findings.every(({ finding }) => finding === 'match') ? 'kept' : 'broken')
}
