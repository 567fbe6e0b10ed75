/**
 * The dialect of everything that no other dialect reads: one opaque span, every role unobservable.
 *
 * @module
 */
import { SENT_ROLES } from '../../roles/index.ts'
import type { Leaf } from '../../spans/index.ts'
import type { Dialect, RequestCut, ResponseCut } from '../dialect.ts'

/** The one leaf of a body that cannot be read, or none of an empty body. */
export function opaqueLeaves(body: Uint8Array, role: string): Leaf[] {
  if (body.length === 0) return []
  return [{ kind: 'opaque', role, pointer: '', offset: 0, bytes: body }]
}

export function opaqueRequest(body: Uint8Array, reason: string): RequestCut {
  return {
    leaves: opaqueLeaves(body, ''),
    parts: [],
    unobservable: SENT_ROLES.map((role) => ({ role, reason })),
    model: undefined,
  }
}

export const opaqueDialect: Dialect = {
  id: 'opaque/1',
  matches: () => true,
  cutRequest: ({ body }) => opaqueRequest(body, 'opaque: no dialect reads this API'),
  cutResponse: ({ body, status }): ResponseCut => ({
    leaves: opaqueLeaves(body, ''),
    outputs: [],
    model: undefined,
    finishReasons: [],
    shape: status >= 400 ? 'error' : 'complete',
  }),
}
