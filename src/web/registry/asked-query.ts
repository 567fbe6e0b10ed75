/**
 * What runs are looked for by, as people and gateways are asked for it (`docs/spec/gateway-api.md`, "Finding runs").
 *
 * Contents are named by digests alone, so that no prompt stands in the address of a request, where every proxy logs it.
 *
 * @module
 */
import { encodeHex, encodeUtf8 } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { sha256 } from '../../core/hash/index.ts'
import { SENT_ROLES } from '../../core/roles/index.ts'
import type { PartCondition, RunQuery } from './run-query.ts'

export interface AskedQuery {
  /** Hex: one of them is that of a part; none where no content is asked for. */
  readonly sha256: readonly string[]
  /** Of that part. */
  readonly role: string | undefined
  /** Name of a tool that was sent. */
  readonly tool: string | undefined
  /** Name of the model that was asked for. */
  readonly model: string | undefined
  /** Hex: one of them is that of an output, or of the whole response. */
  readonly output: readonly string[]
  /** 1 to 1,000. */
  readonly limit: number
}

/** Roles by whose parts runs are found (`web/capture/index-parts.ts` says why not by all). */
export const INDEXED_ROLES: readonly string[] = SENT_ROLES.filter((role) => role !== 'history' && role !== 'parameters')

const SHA256_HEX = /^[0-9a-f]{64}$/
const MAX_DIGESTS = 8
const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

/** @throws {ColophonError} USAGE, HEX_MALFORMED */
export function queryOf(asked: AskedQuery): RunQuery {
  const { sha256: digests, role, tool, model, output, limit } = asked
  for (const [name, hexes] of Object.entries({ sha256: digests, output })) requireDigests(hexes, name)
  if (role !== undefined && !INDEXED_ROLES.includes(role)) {
    throw new ColophonError('USAGE', `want a role by which runs are found: ${INDEXED_ROLES.join(', ')}`, { at: 'role' })
  }
  if (role !== undefined && digests.length === 0) {
    throw new ColophonError('USAGE', 'a role alone is in nearly every run; want a content too', { at: 'role' })
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new ColophonError('USAGE', `want limit: 1 to ${MAX_LIMIT}`, { at: 'limit', hint: 'Ask for fewer.' })
  }
  const parts: PartCondition[] = [
    ...(digests.length === 0 ? [] : [{ digests, role }]),
    ...(tool === undefined ? [] : [{ tool }]),
    ...(model === undefined ? [] : [{ digests: [encodeHex(sha256(encodeUtf8(model)))], role: 'model' }]),
  ]
  const outputs = output.length === 0 ? undefined : output
  if (parts.length === 0 && outputs === undefined) {
    const hint = 'Give a content, a tool, a model or an answer.'
    throw new ColophonError('USAGE', 'nothing is asked for', { hint })
  }
  return { parts, outputs, limit }
}

function requireDigests(hexes: readonly string[], name: string): void {
  if (hexes.some((hex) => !SHA256_HEX.test(hex))) {
    throw new ColophonError('HEX_MALFORMED', `want ${name}: a SHA-256 in lowercase hexadecimal`, { at: name })
  }
  if (hexes.length > MAX_DIGESTS) throw new ColophonError('USAGE', `want at most ${MAX_DIGESTS} digests`, { at: name })
}

const LISTS = ['sha256', 'output'] as const
const NAMES = ['role', 'tool', 'model', 'limit'] as const

/** From the query of an address. A name that is none would leave a condition out unseen, so it is refused. */
export function readAskedQuery(parameters: URLSearchParams): AskedQuery {
  const names = new Set(parameters.keys())
  const known: readonly string[] = [...LISTS, ...NAMES]
  const strange = [...names].find((name) => !known.includes(name))
  if (strange !== undefined) throw new ColophonError('USAGE', `want only ${known.join(', ')}`, { at: 'query' })
  const twice = NAMES.find((name) => parameters.getAll(name).length > 1)
  if (twice !== undefined) throw new ColophonError('USAGE', `want ${twice} once`, { at: twice })
  const one = (name: (typeof NAMES)[number]): string | undefined => parameters.get(name) ?? undefined
  return {
    sha256: parameters.getAll('sha256'),
    role: one('role'),
    tool: one('tool'),
    model: one('model'),
    output: parameters.getAll('output'),
    limit: readLimit(one('limit')),
  }
}

/** What is no number from 1 is refused with the rest. */
const readLimit = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_LIMIT
  return /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : Number.NaN
}

export function formatAskedQuery(asked: AskedQuery): string {
  const parameters = new URLSearchParams()
  for (const name of LISTS) for (const hex of asked[name]) parameters.append(name, hex)
  for (const name of NAMES) if (asked[name] !== undefined) parameters.append(name, String(asked[name]))
  return parameters.toString()
}
