/**
 * What a declaration would have to say for a request to keep it, role by role: fixed where an application decides, a slot
 * where its users do, and `any` where the request does not tell.
 *
 * @module
 */
import type { Part, Sent } from '../../core/composition/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalize, parseJson } from '../../core/json/index.ts'
import { SENT_ROLES, SEQUENCE_ROLES, type SentRole } from '../../core/roles/index.ts'

export type DraftContent = Pick<Part, 'name' | 'encoding' | 'value'>

export type DraftForm =
  | { readonly kind: 'state'; readonly state: 'absent' | 'any' | 'slot' }
  /** A slot for passages that stand inside these roles. */
  | { readonly kind: 'inside'; readonly roles: readonly string[] }
  /** One content, or a list of texts in their order. */
  | { readonly kind: 'fixed'; readonly contents: readonly DraftContent[]; readonly allow: readonly string[] }
  /** By name. */
  | { readonly kind: 'named'; readonly contents: readonly DraftContent[]; readonly allow: readonly string[] }

export interface DraftRole {
  readonly role: SentRole
  readonly form: DraftForm
  /** What a person should look at; without foreign text. */
  readonly comment: string
}

export const draftRoles = (sent: Sent): DraftRole[] => SENT_ROLES.map((role) => draftRole(role, sent))

function draftRole(role: SentRole, { parts, unobservable }: Sent): DraftRole {
  const hidden = unobservable.filter((one) => one.role === role).map(({ reason }) => reason)
  if (hidden.length > 0) return openRole(role, `The request does not tell all of it (${hidden.join('; ')}).`)
  const own = parts.filter((part) => part.role === role)
  const isCut = parts.some(({ within }) => within === role)
  switch (role) {
    case 'model':
      if (own.length === 0) return absent(role, 'No model was asked for.')
      return isOne(own, 'model') && own[0]?.encoding === 'text'
        ? fixed(role, own, 'The model that was asked for. For one of several: oneOf: [NAME, NAME].')
        : openRole(role, 'Several models were asked for.')
    case 'outputFormat':
      if (own.length === 0) return absent(role, 'No format was asked for.')
      return isOne(own, 'response_format') && isCanonical(own[0])
        ? fixed(role, own, 'The format that was asked for. For one of several: oneOf: [FORMAT, FORMAT].')
        : openRole(role, 'Several formats were asked for.')
    case 'instructions':
      if (own.length === 0 && !isCut) return absent(role, 'No system prompt was sent.')
      return draftTexts(role, own)
    case 'tools':
      if (own.length === 0) return absent(role, 'No tool was offered.')
      return draftNamed(role, own, 'Sent as they were. Those that a run may leave out: optional: [NAME, ...].')
    case 'parameters':
      if (own.length === 0) return absent(role, 'No parameter was sent.')
      return draftNamed(role, own, PARAMETERS)
    case 'context':
      if (own.length === 0) return absent(role, 'No passage and no result of a tool was told apart.')
      return draftContext(role, own)
    case 'history':
      if (own.length === 0 && !isCut) return absent(role, 'No earlier turn was sent. Where there may be some: slot.')
      return slot(role, 'Earlier turns. Bound them: slot: {maxBytes: N, maxCount: N}.')
    case 'input':
      return slot(role, 'What is asked. Bound it: slot: {maxBytes: N}.')
  }
}

const PARAMETERS =
  'Sent as they were, by the application or by its framework. What a run may choose goes from fixed to within ' +
  '(temperature: {min: 0, max: 0.3}), what it may leave out to optional: [NAME], what may be anything to allow: [NAME].'

const isOne = ([part, ...more]: readonly Part[], name: string): boolean => more.length === 0 && part?.name === name

const fixed = (role: SentRole, contents: readonly Part[], comment: string): DraftRole => {
  return { role, form: { kind: 'fixed', contents, allow: [] }, comment }
}
const stateOf =
  (state: 'absent' | 'any' | 'slot') =>
  (role: SentRole, comment: string): DraftRole => {
    return { role, form: { kind: 'state', state }, comment }
  }
const absent = stateOf('absent')
const slot = stateOf('slot')
export const openRole = stateOf('any')

/** What messages say, in order; what stands beside it may be anything, by its name. */
function draftTexts(role: SentRole, own: readonly Part[]): DraftRole {
  const said = own.filter(({ name }, index) => name === String(index))
  const beside = own.filter((part) => !said.includes(part))
  const isDeclarable = said.length > 0 && said.every(({ encoding }) => encoding === 'text')
  if (!isDeclarable || said.length > MAX_COMPONENTS) return slot(role, 'Not all of it is text, so it is not fixed.')
  const comment = 'The system prompt. Where only its beginning is fixed: startsWith: TEXT and then: slot.'
  return { role, form: { kind: 'fixed', contents: said, allow: namesOf(beside) }, comment }
}

/** Names of components have at most 256 characters, and no two are the same: what else there is may be anything. */
function draftNamed(role: SentRole, own: readonly Part[], comment: string): DraftRole {
  const counts = new Map<string, number>()
  for (const { name } of own) counts.set(name, (counts.get(name) ?? 0) + 1)
  const isDeclarable = (part: Part) => counts.get(part.name) === 1 && part.name.length <= MAX_NAME && isCanonical(part)
  const contents = own.filter(isDeclarable)
  if (contents.length > MAX_COMPONENTS || counts.size > MAX_COMPONENTS)
    return openRole(role, 'More than can be declared.')
  return { role, form: { kind: 'named', contents, allow: namesOf(own.filter((part) => !isDeclarable(part))) }, comment }
}

const MAX_COMPONENTS = 1_000
const MAX_NAME = 256

const namesOf = (parts: readonly Part[]): string[] => [...new Set(parts.map(({ name }) => name))].sort()

/** Where a system prompt holds passages, they are allowed to stand there. */
function draftContext(role: SentRole, own: readonly Part[]): DraftRole {
  if (!own.some(({ within }) => within === 'instructions')) return slot(role, contextComment(own))
  return { role, form: { kind: 'inside', roles: ['instructions'] }, comment: contextComment(own) }
}

function contextComment(parts: readonly Part[]): string {
  const labelled = parts.every(({ label }) => label !== undefined)
  const sources = labelled ? ', sources: [PATTERN]' : ''
  return `Retrieved passages, and results of tools. Bound them: slot: {maxBytes: N, maxCount: N${sources}}.`
}

/** A number beyond all measure has no canonical text, and nothing else can be written for it. */
function isCanonical(part: Part | undefined): boolean {
  try {
    if (part?.encoding === 'json') canonicalize(parseJson(part.value))
    return true
  } catch (error) {
    if (ColophonError.is(error)) return false
    throw error
  }
}

export const isSequence = (role: SentRole): boolean => SEQUENCE_ROLES.has(role)
