/**
 * How parts of a run are named where some of them are to be opened.
 *
 *     model, instructions, …             the spans of a role of the request
 *     /messages/0/content                the span with this JSON Pointer, and all below it
 *     structure, head, cutList           brackets and names; facts of the head; places and names of passages
 *     request, response                  all of the message
 *     output                             the visible text of the response
 *     response:model, response:/id, …    the same of the response
 *     declaration, declaration:tools     the declaration's document with its blind, and contents: all, or of a role
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { parsePointer } from '../../core/json/index.ts'
import { isRole, ROLES, type Role, SENT_ROLES } from '../../core/roles/index.ts'
import type { Direction } from '../../core/spans/index.ts'

export type PartSelector =
  | { readonly kind: 'role' | 'pointer'; readonly of: Direction; readonly value: string }
  | { readonly kind: 'structure' | 'head' | 'cutList' | 'everything'; readonly of: Direction }
  /** A text of the answer: the first place where it stands. */
  | { readonly kind: 'excerpt'; readonly text: string }
  /** Contents of one role, or of all. */
  | { readonly kind: 'declaration'; readonly role: Role | undefined }

/** All that is kept of a run. */
export const EVERYTHING: readonly PartSelector[] = [
  { kind: 'everything', of: 'request' },
  { kind: 'everything', of: 'response' },
  { kind: 'declaration', role: undefined },
]

const RESPONSE_ROLES = ['model', 'output', 'metadata']

/** @throws {ColophonError} USAGE */
export function parsePartSelector(text: string): PartSelector {
  if (text === 'output') return { kind: 'role', of: 'response', value: 'output' }
  if (text === 'request' || text === 'response') return { kind: 'everything', of: text }
  if (text === 'cutList') return { kind: 'cutList', of: 'request' }
  if (text === 'declaration') return { kind: 'declaration', role: undefined }
  const [, scope, rest = ''] = /^(response|declaration):(.+)$/s.exec(text) ?? []
  if (scope === 'declaration') {
    if (isRole(rest)) return { kind: 'declaration', role: rest }
    throw unknown(text, `a role of the declaration: ${ROLES.join(', ')}`)
  }
  const of = scope === 'response' ? 'response' : 'request'
  const value = scope === 'response' ? rest : text
  if (value === 'structure' || value === 'head') return { kind: value, of }
  if (value.startsWith('/')) return { kind: 'pointer', of, value: requirePointer(value) }
  const roles = of === 'response' ? RESPONSE_ROLES : SENT_ROLES
  if (roles.some((role) => role === value)) return { kind: 'role', of, value }
  throw unknown(text, `one of ${[...roles, 'structure', 'head'].join(', ')}, or a JSON Pointer`)
}

function requirePointer(value: string): string {
  try {
    parsePointer(value)
    return value
  } catch (error) {
    if (ColophonError.is(error)) throw unknown(value, 'a JSON Pointer (RFC 6901)')
    throw error
  }
}

const unknown = (text: string, want: string): ColophonError =>
  new ColophonError('USAGE', `there is no part of this name, want ${want}`, {
    at: text.slice(0, 200),
    hint: 'See colophon disclose --help.',
  })
