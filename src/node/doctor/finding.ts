/**
 * What the doctor finds: one line for each thing it looks at.
 *
 * @module
 */
import { ColophonError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts'

/** Everything that is looked at, in the order of the report. */
export const DOCTOR_CHECKS = [
  // The machine
  'node',
  'sqlite',
  'durability',
  // The issuer's folder
  'folder',
  'permissions',
  'token',
  'issuerKey',
  'logKey',
  'trustPolicy',
  'trustedRoot',
  'leftovers',
  // The store
  'diskSpace',
  'fileSystem',
  'journal',
  'log',
  'clock',
  'keyValidity',
  // Beyond
  'gateway',
  'upstream',
] as const

export type DoctorCheck = (typeof DOCTOR_CHECKS)[number]

export type FindingStatus = 'ok' | 'warning' | 'problem' | 'notChecked'

export interface Finding {
  readonly id: DoctorCheck
  readonly status: FindingStatus
  /** What was found, or why nothing was looked at; one sentence. */
  readonly says: string
  /** Of a warning or a problem. */
  readonly code?: ErrorCode
  /** A file, a folder or an address. */
  readonly at?: string
  /** What to do next. */
  readonly todo?: string
}

/** Of a warning or a problem that no error was thrown for. */
interface Fault {
  readonly code: ErrorCode
  readonly at?: string
  /** Default: what the code says. */
  readonly todo?: string
}

export const ok = (id: DoctorCheck, says: string): Finding => ({ id, status: 'ok', says })

export const notChecked = (id: DoctorCheck, says: string, todo?: string): Finding => ({
  id,
  status: 'notChecked',
  says,
  ...(todo === undefined ? {} : { todo }),
})

export const warning = (id: DoctorCheck, says: string, fault: Fault): Finding => faulty(id, 'warning', says, fault)

export const problem = (id: DoctorCheck, says: string, fault: Fault): Finding => faulty(id, 'problem', says, fault)

function faulty(id: DoctorCheck, status: 'warning' | 'problem', says: string, { code, at, todo }: Fault): Finding {
  return { id, status, says, code, ...(at === undefined ? {} : { at }), todo: todo ?? ERROR_CODES[code].hint }
}

/** The problem that an error is. A mistake of our own is thrown on. */
export function problemOf(id: DoctorCheck, error: unknown): Finding {
  if (!ColophonError.is(error)) throw error
  const { code, message, at, hint: todo } = error
  return problem(id, sentence(message), { code, todo, ...(at === undefined ? {} : { at }) })
}

export const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
