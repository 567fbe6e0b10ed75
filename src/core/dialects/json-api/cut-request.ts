/**
 * The cut of a request by its dialect's table (`docs/spec/dialects.md`).
 *
 * @module
 */
import { type NamedModel, namedModel, partNamesOf, partsOf } from '../../composition/index.ts'
import { JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import { passageFates } from '../../passages/index.ts'
import type { RequestCut, RequestInput } from '../dialect.ts'
import { isJsonType } from '../media-type.ts'
import { opaqueRequest } from '../opaque/index.ts'
import { cutObject } from './cut-object.ts'
import type { JsonApiTable } from './json-dialect.ts'
import { readPath } from './path-pattern.ts'
import { serverState } from './server-state.ts'
import { unreadRoles } from './unread-roles.ts'

export function cutRequest(table: JsonApiTable, input: RequestInput): RequestCut {
  const { body, cutList } = input
  if (!isJsonType(input.contentType)) return opaqueRequest(input, 'opaque: the content type is not JSON')
  const shape = table.request
  const cut = cutObject(body, { shape, cutList })
  if (cut === undefined) return opaqueRequest(input, 'opaque: the body is not one strict JSON object of bounded size')
  const { tape, spans, leaves } = cut
  const inPath = readPath(table.paths, input.path)?.model
  const parts = partsOf({ tape, spans, names: partNamesOf(shape), modelInPath: inPath })
  // The cut list is in the order of pointers, as texts; the body need not be.
  const placed = parts.filter(({ within }) => within !== undefined)
  const pieces = placed
    .sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0))
    .map(({ value }) => value)
  return {
    leaves,
    passages: passageFates(cutList, pieces),
    parts,
    unobservable: [...serverState(tape, table.serverState, shape), ...unreadRoles(table, spans)],
    model: inPath === undefined ? modelIn(tape) : { state: 'named', name: inPath },
  }
}

function modelIn(tape: JsonTape): NamedModel {
  const node = memberAt(tape, 0, 'model')
  return namedModel(node >= 0 && tape.kind[node] === JsonKind.string ? stringAt(tape, node) : undefined)
}
