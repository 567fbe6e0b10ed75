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

function readFinding(reader: ObjectReader): RecordedFinding {
  const finding: RecordedFinding = {
    role: reader.oneOf('role', ROLES),
    finding: reader.oneOf('finding', FINDINGS),
    ...(reader.has('name') ? { name: reader.string('name', { max: 256 }) } : {}),
    ...(reader.has('count') ? { count: reader.integer('count', { min: 1 }) } : {}),
  }
  reader.end()
  return finding
}
