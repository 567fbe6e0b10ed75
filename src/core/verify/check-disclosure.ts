/**
 * The record against a disclosure: bytes, closure, declaration, findings, models, end (`docs/spec/verdicts.md`, "Against
 * the disclosure").
 *
 * With the whole body everything is recomputed here. With a part, what is open is proven, and what is closed stays the
 * issuer's claim. Without a disclosure all of it is the issuer's claim.
 *
 * @module
 */
import { decodeHex, decodeUtf8, encodeHex, equalBytes } from '../bytes/index.ts'
import {
  type CompositionResult,
  compareComposition,
  type Finding,
  type RecordedComposition,
  recordComposition,
  recordModels,
} from '../composition/index.ts'
import {
  type Component,
  type ComponentContent,
  componentDigester,
  type Declaration,
  declarationId,
  publishedDeclaration,
} from '../declaration/index.ts'
import type { ResponseCut } from '../dialects/index.ts'
import { type DisclosedDeclaration, type Disclosure, parseDisclosure } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize } from '../json/index.ts'
import { ROLES } from '../roles/index.ts'
import type { Completion, RunRecord } from '../run/index.ts'
import { type CheckSheet, placeOf } from './check-sheet.ts'
import { bodyOf, openMessage } from './open-message.ts'
import type { Crypto, ReadRecord } from './read-record.ts'
import { type RecutRequest, recutRequest, recutResponse } from './recut.ts'

interface Input {
  readonly read: ReadRecord
  readonly sheet: CheckSheet
  readonly crypto: Crypto
}

/** @returns the findings with names and places, where they could be recomputed */
export async function checkDisclosure(
  input: Input & { readonly disclosure: Uint8Array | undefined },
): Promise<readonly Finding[] | undefined> {
  const { disclosure: bytes, read, sheet } = input
  const disclosure = bytes === undefined ? undefined : await readDisclosure(bytes, read, sheet)
  if (bytes !== undefined && disclosure === undefined) return undefined
  const declaration = await checkDeclarationContents(input, disclosure?.declaration)
  const request = await checkRequest(input, disclosure)
  const response = await checkResponse(input, disclosure)
  const findings = await checkComposition(input, { request, declaration })
  await checkModels(input, { request, response, declaration })
  await checkCompletion(input, response)
  return findings
}

async function readDisclosure(
  bytes: Uint8Array,
  { record }: ReadRecord,
  sheet: CheckSheet,
): Promise<Disclosure | undefined> {
  try {
    const disclosure = parseDisclosure(bytes)
    if (disclosure.runId === record.runId) return disclosure
    sheet.fail('requestBytes', 'The disclosure is of another run.', { code: 'DISCLOSURE_MISMATCH', at: '/runId' })
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    const failure = { code: error.code, ...placeOf(error) }
    sheet.fail('requestBytes', `The disclosure cannot be read: ${error.message}.`, failure)
  }
  return undefined
}

async function checkRequest(
  { read, sheet, crypto }: Input,
  disclosure: Disclosure | undefined,
): Promise<RecutRequest | undefined> {
  const { commitment, dialect } = read.binding.request
  const leaves = disclosure?.request
  if (leaves === undefined) {
    sheet.skip('requestBytes', 'No disclosure of the request was given.')
    sheet.claim('requestClosure', 'That every byte of the request has a role is the issuer’s word.')
    return undefined
  }
  const closed = leaves.filter(({ state }) => state === 'closed').length
  const shown = `${leaves.length - closed} of ${leaves.length} spans`
  const reason = `${shown} of the request are shown and are the bytes that the binding committed to.`
  const opened = await sheet.attempt('requestBytes', reason, () =>
    openMessage({ leaves, direction: 'request', dialect, commitment: decodeHex(commitment, {}), hash: crypto.hash }),
  )
  if (opened === undefined) return undefined
  const { all } = opened
  if (all === undefined) {
    sheet.claim('requestClosure', `${closed} spans are closed, and could hold more than the issuer says of them.`)
    return undefined
  }
  return sheet.attempt('requestClosure', closureReason, () => recutRequest(all, dialect))
}

const closureReason = ({ cut }: RecutRequest): string =>
  cut.leaves.some(({ kind }) => kind === 'opaque')
    ? 'Every byte of the request is here; it is one span that no dialect reads, so no role can be told.'
    : 'Every byte of the request has a role or is structure, recomputed here.'

async function checkResponse(
  { read, sheet, crypto }: Input,
  disclosure: Disclosure | undefined,
): Promise<ResponseCut | undefined> {
  const { record } = read
  const { response } = record.outcome
  const leaves = disclosure?.response
  if (response.state === 'none') {
    const reason = 'The record says that there was no response.'
    if (leaves === undefined) sheet.skip('responseBytes', reason)
    else sheet.fail('responseBytes', `${reason} The disclosure shows one.`, { code: 'DISCLOSURE_MISMATCH' })
    sheet.skip('responseClosure', reason)
    return undefined
  }
  if (leaves === undefined) {
    sheet.skip('responseBytes', 'No disclosure of the response was given.')
    sheet.claim('responseClosure', 'That the outputs are those of the response is the issuer’s word.')
    return undefined
  }
  const { dialect } = response
  const closed = leaves.filter(({ state }) => state === 'closed').length
  const shown = `${leaves.length - closed} of ${leaves.length} spans`
  const reason = `${shown} of the response are shown and are the bytes that the record committed to.`
  const opened = await sheet.attempt('responseBytes', reason, () => {
    const commitment = decodeHex(response.commitment, {})
    return openMessage({ leaves, direction: 'response', dialect, commitment, hash: crypto.hash })
  })
  if (opened === undefined) return undefined
  const { all } = opened
  if (all === undefined) {
    sheet.claim('responseClosure', `${closed} spans are closed, and could hold more than the issuer says of them.`)
    return undefined
  }
  const whole = 'The outputs of the record are those of the response’s bytes, recomputed here.'
  return sheet.attempt('responseClosure', whole, () => {
    const { cut, status } = recutResponse(all, dialect)
    requireResponseFacts({ record, body: bodyOf(all), cut, status, crypto })
    return cut
  })
}

function requireResponseFacts(input: {
  readonly record: RunRecord
  readonly body: Uint8Array
  readonly cut: ResponseCut
  readonly status: number
  readonly crypto: Crypto
}): void {
  const { record, body, cut, status, crypto } = input
  const { response } = record.outcome
  if (response.state === 'none') return
  const facts = { digest: encodeHex(crypto.hash(body)), length: body.length, status }
  for (const [name, value] of Object.entries(facts)) {
    if (response[name as keyof typeof facts] !== value) {
      throw new ColophonError('RECORD_INCONSISTENT', `the record gives the response another ${name} than it has`)
    }
  }
  const outputs = cut.outputs.map(({ choice, text }) => ({ choice, sha256: encodeHex(crypto.hash(text)) }))
  if (!sameJson(outputs, record.outputs)) {
    throw new ColophonError('RECORD_INCONSISTENT', 'the record names other outputs than the response has')
  }
}

/** What the disclosure proves of the declaration. */
interface ProvenDeclaration {
  readonly document: Declaration
  /** Each with the digest that the declaration has for it. */
  readonly contents: readonly ComponentContent[]
  /** Whether the contents of every fixed component are there. */
  readonly whole: boolean
}

async function checkDeclarationContents(
  { read, sheet }: Input,
  disclosed: DisclosedDeclaration | undefined,
): Promise<ProvenDeclaration | undefined> {
  const { declaration } = read
  if (declaration === undefined && disclosed === undefined) {
    sheet.skip('declarationContents', 'The run was bound to no declaration.')
    return undefined
  }
  if (disclosed === undefined) {
    sheet.skip('declarationContents', 'No disclosure of the declaration was given.')
    return undefined
  }
  const components = countComponents(disclosed.document)
  const shown = `${disclosed.contents.length} of ${components} contents`
  return sheet.attempt(
    'declarationContents',
    `The declaration has the bound id; ${shown} are shown and are its own.`,
    () => {
      const { document, contents } = disclosed
      const published = publishedDeclaration(document)
      if (declaration === undefined || declarationId(document) !== declaration.id) {
        throw mismatch('the disclosed declaration is another than the run was bound to')
      }
      if (!sameJson(published, declaration.declaration))
        throw mismatch('the signed declaration differs from the disclosed one')
      requireContents(document, contents)
      return { document, contents, whole: contents.length === components }
    },
  )
}

function requireContents(document: Declaration, contents: readonly ComponentContent[]): void {
  const digest = componentDigester(document.blind === undefined ? undefined : decodeHex(document.blind, {}))
  const seen = new Set<string>()
  for (const content of contents) {
    const component = componentsOf(document, content.role).find(({ name }) => name === content.name)
    const label = `${content.role} ${content.name}`
    if (component?.encoding !== content.encoding || component.digest !== digest(content)) {
      throw mismatch(`the content shown for ${label} is not what the declaration fixes`)
    }
    if (seen.has(label)) throw mismatch(`the content of ${label} is shown twice`)
    seen.add(label)
  }
}

function componentsOf({ roles }: Declaration, role: ComponentContent['role']): readonly Component[] {
  const declared = roles[role]
  return declared.state === 'fixed' ? declared.components : []
}

const countComponents = (document: Declaration): number =>
  ROLES.reduce((count, role) => count + componentsOf(document, role).length, 0)

async function checkComposition(
  { read, sheet }: Input,
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

async function checkModels(
  { read, sheet }: Input,
  proven: {
    request: RecutRequest | undefined
    response: ResponseCut | undefined
    declaration: ProvenDeclaration | undefined
  },
): Promise<void> {
  const { record, declaration } = read
  const { request, response } = proven
  const answered = record.outcome.response.state === 'received'
  const declared = declaration !== undefined
  if (
    request === undefined ||
    (answered && response === undefined) ||
    (declared && proven.declaration?.whole !== true)
  ) {
    sheet.claim('models', 'Intended, requested and responded model are as the issuer recorded them.')
    return
  }
  const reason =
    'Intended, requested and responded model are recomputed; which model computed the answer is the provider’s word.'
  await sheet.attempt('models', reason, () => {
    const intended = proven.declaration?.contents.find(({ role }) => role === 'model')
    const models = recordModels({
      declaration: proven.declaration?.document,
      intended: intended === undefined ? undefined : decodeUtf8(intended.value),
      requested: request.cut.model,
      responded: response?.model,
    })
    if (!sameJson(models, record.model)) {
      throw new ColophonError('MODEL_MISMATCH', 'the recorded model names differ from those in the bytes')
    }
  })
}

const POSSIBLE: Readonly<Record<ResponseCut['shape'], readonly Completion[]>> = {
  complete: ['complete'],
  error: ['error'],
  cut: ['clientAborted', 'upstreamCut'],
  anomalous: ['anomalous', 'clientAborted', 'upstreamCut'],
  open: ['complete', 'clientAborted', 'upstreamCut'],
}

async function checkCompletion({ read, sheet }: Input, response: ResponseCut | undefined): Promise<void> {
  const { completion } = read.record.outcome
  if (response !== undefined && !POSSIBLE[response.shape].includes(completion)) {
    const reason = `The record says “${completion}”; the bytes of the response show “${response.shape}”.`
    sheet.fail('completion', reason, { code: 'COMPLETION_MISMATCH' })
  } else if (completion !== 'complete') {
    sheet.fail('completion', `The answer did not come to its end: “${completion}”.`, { code: 'ANSWER_INCOMPLETE' })
  } else if (response === undefined || response.shape === 'open') {
    sheet.claim('completion', 'That the answer came to its end is the issuer’s word.')
  } else {
    sheet.pass('completion', 'The response ends as its API says that an answer ends, recomputed here.')
  }
}

function sameJson(left: object, right: object): boolean {
  return equalBytes({ left: canonicalize(left), right: canonicalize(right) })
}

const mismatch = (message: string): ColophonError => new ColophonError('DECLARATION_MISMATCH', message)
