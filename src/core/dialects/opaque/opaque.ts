/**
 * The dialect of everything that no other dialect reads: one opaque span, every role unobservable, and an end that only
 * the connection shows.
 *
 * @module
 */
import { partNamesOf } from '../../composition/index.ts'
import { ColophonError } from '../../errors.ts'
import { passageFates } from '../../passages/index.ts'
import { SENT_ROLES } from '../../roles/index.ts'
import { isCut, type Leaf } from '../../spans/index.ts'
import type { Dialect, RequestCut, RequestInput, ResponseCut } from '../dialect.ts'

/** The one leaf of a body that cannot be read, or none of an empty body. */
export function opaqueLeaves(body: Uint8Array, role: string): Leaf[] {
  if (body.length === 0) return []
  return [{ kind: 'opaque', role, pointer: '', offset: 0, bytes: body }]
}

/** @throws {ColophonError} CUT_LIST_MALFORMED where there is a cut list: it names strings, and none can be read */
export function opaqueRequest({ body, cutList }: RequestInput, reason: string): RequestCut {
  const cut = cutList.find(isCut)
  if (cut !== undefined)
    throw new ColophonError('CUT_LIST_MALFORMED', `a cut cannot apply; ${reason}`, { at: cut.pointer })
  return {
    leaves: opaqueLeaves(body, ''),
    parts: [],
    passages: passageFates(cutList, []),
    unobservable: SENT_ROLES.map((role) => ({ role, reason })),
    model: { state: 'unobservable' },
  }
}

export const opaqueDialect: Dialect = {
  id: 'opaque/1',
  endMarkers: [],
  partNames: partNamesOf({ kind: 'value', role: '' }),
  matches: () => true,
  modelInPath: () => undefined,
  cutRequest: (input) => opaqueRequest(input, 'opaque: no dialect reads this API'),
  cutResponse: ({ body, status }): ResponseCut => ({
    leaves: opaqueLeaves(body, ''),
    outputs: [],
    pieces: [],
    model: { state: 'unobservable' },
    fingerprint: undefined,
    finishReasons: [],
    toolCalls: [],
    usage: undefined,
    shape: status >= 400 ? 'error' : 'open',
  }),
}
