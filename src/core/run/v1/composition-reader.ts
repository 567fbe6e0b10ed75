/**
 * Reads the composition of a run predicate strictly: every role in exactly one state (`docs/spec/record.md`).
 *
 * @module
 */
import type { RecordedComposition, RecordedFinding, RecordedPolicy, RoleState } from '../../composition/index.ts'
import { type ObjectReader, readObject } from '../../json/index.ts'
import { MAX_RULES } from '../../policy/index.ts'
import { ROLES, type Role } from '../../roles/index.ts'

const FINDINGS = ['match', 'mismatch', 'undeclared', 'missing', 'unobservable'] as const

/** @throws {ColophonError} SCHEMA_MISMATCH */
export function readComposition(reader: ObjectReader): RecordedComposition {
  const rolesReader = reader.object('roles')
  const roles = Object.fromEntries(ROLES.map((role) => [role, readState(rolesReader.object(role))]))
  rolesReader.end()
  const findings = reader.array('findings', { max: 10_000 }).map(({ value, at }) => readFinding(readObject(value, at)))
  const policy = reader.has('policy') ? { policy: readPolicy(reader.object('policy')) } : {}
  const result = reader.oneOf('result', ['kept', 'broken', 'undeclared'] as const)
  reader.end()
  return { roles: roles as Record<Role, RoleState>, findings, ...policy, result }
}

function readPolicy(reader: ObjectReader): RecordedPolicy {
  const engineReader = reader.object('engine')
  const engine = {
    name: engineReader.string('name', { max: 100 }),
    version: engineReader.string('version', { max: 100 }),
    facts: engineReader.string('facts', { max: 100 }),
  }
  engineReader.end()
  const rules = reader.array('rules', { max: MAX_RULES }).map((item) => {
    const outcome = readObject(item.value, item.at)
    const read = {
      rule: outcome.string('rule', { max: 64 }),
      result: outcome.oneOf('result', ['kept', 'violated', 'notEvaluated'] as const),
    }
    outcome.end()
    return read
  })
  reader.end()
  return { engine, rules }
}

function readState(reader: ObjectReader): RoleState {
  const state = reader.oneOf('state', ['present', 'absent', 'withheld', 'unobservable'] as const)
  const role: RoleState =
    state === 'unobservable' ? { state, reason: reader.string('reason', { max: 200 }) } : { state }
  reader.end()
  return role
}

/** Undeclared parts and passages of the application are counted and never named; all others are never counted. */
function readFinding(reader: ObjectReader): RecordedFinding {
  const role = reader.oneOf('role', ROLES)
  const finding = reader.oneOf('finding', FINDINGS)
  const about =
    finding === 'undeclared' || (role === 'context' && finding !== 'match' && reader.has('count'))
      ? { count: reader.integer('count', { min: 1 }) }
      : reader.has('name')
        ? { name: reader.string('name', { max: 256 }) }
        : {}
  reader.end()
  return { role, finding, ...about }
}
