/**
 * The closed list of roles a component of a run can play (`docs/spec/roles.md`).
 *
 * The order is the order of every list of roles: in declarations, findings, reports and explanations.
 *
 * @module
 */

export const ROLES = [
  'model',
  'instructions',
  'tools',
  'context',
  'history',
  'input',
  'parameters',
  'outputFormat',
  'policy',
] as const

export type Role = (typeof ROLES)[number]

/** Roles whose content is sent with a request: all but `policy`, which the issuer keeps. */
export type SentRole = Exclude<Role, 'policy'>

export const SENT_ROLES: readonly SentRole[] = ROLES.filter((role) => role !== 'policy')

/** Roles whose parts are known by their place in a sequence (`0`, `1`, …) and not by a name of their own. */
export const SEQUENCE_ROLES: ReadonlySet<string> = new Set<Role>(['instructions', 'context', 'history', 'input'])

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)
