/**
 * Reads the composition of a run predicate strictly: every role in exactly one state (`docs/spec/record.md`).
 *
 * @module
 */
import type { RecordedComposition, RecordedFinding, RoleState } from '../../composition/index.ts'
import { type ObjectReader, readObject } from '../../json/index.ts'
import { ROLES, type Role } from '../../roles/index.ts'

const FINDINGS = ['match', 'mismatch', 'undeclared', 'missing', 'unobservable'] as const

/** @throws {ColophonError} SCHEMA_MISMATCH */
export function readComposition(reader: ObjectReader): RecordedComposition {
  const rolesReader = reader.object('roles')
  const roles = Object.fromEntries(ROLES.map((role) => [role, readState(rolesReader.object(role))]))
  rolesReader.end()
  const findings = reader.array('findings', { max: 10_000 }).map(({ value, at }) => readFinding(readObject(value, at)))
  const result = reader.oneOf('result', ['kept', 'broken', 'undeclared'] as const)
  reader.end()
  return { roles: roles as Record<Role, RoleState>, findings, result }
}

function readState(reader: ObjectReader): RoleState {
  const state = reader.oneOf('state', ['present', 'absent', 'withheld', 'unobservable'] as const)
  const role: RoleState =
    state === 'unobservable' ? { state, reason: reader.string('reason', { max: 200 }) } : { state }
  reader.end()
  return role
}

/** Undeclared parts are counted and never named; all others are never counted. */
function readFinding(reader: ObjectReader): RecordedFinding {
  const role = reader.oneOf('role', ROLES)
  const finding = reader.oneOf('finding', FINDINGS)
  const about =
    finding === 'undeclared'
      ? { count: reader.integer('count', { min: 1 }) }
      : reader.has('name')
        ? { name: reader.string('name', { max: 256 }) }
        : {}
  reader.end()
  return { role, finding, ...about }
}
