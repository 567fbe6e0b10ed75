/**
 * The cut of a request by its dialect's table (`docs/spec/dialects.md`).
 *
 * @module
 */
import { encodeUtf8 } from '../../bytes/index.ts'
import { type NamedModel, namedModel, type Part, partNamesOf, partsOf } from '../../composition/index.ts'
import { JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import { passageFates } from '../../passages/index.ts'
import type { RequestCut, RequestInput } from '../dialect.ts'
import { isJsonType } from '../media-type.ts'
import { opaqueRequest } from '../opaque/index.ts'
import { cutObject } from './cut-object.ts'
import type { JsonApiTable } from './json-dialect.ts'
import { readPath } from './path-pattern.ts'
import { serverState } from './server-state.ts'

export function cutRequest(table: JsonApiTable, input: RequestInput): RequestCut {
  const { body, cutList } = input
  if (!isJsonType(input.contentType)) return opaqueRequest(input, 'opaque: the content type is not JSON')
  const shape = table.request
  const cut = cutObject(body, { shape, cutList })
  if (cut === undefined) return opaqueRequest(input, 'opaque: the body is not one strict JSON object of bounded size')
  const { tape, spans, leaves } = cut
  const inPath = readPath(table.paths, input.path)?.model
  const parts = partsOf({ tape, spans, names: partNamesOf(shape) })
  const pieces = parts.filter(({ within }) => within !== undefined).map((part) => part.value)
  return {
    leaves,
    passages: passageFates(cutList, pieces),
    parts: inPath === undefined ? parts : [modelPart(inPath), ...parts],
    unobservable: serverState(tape, table.serverState, shape),
    model: inPath === undefined ? modelIn(tape) : { state: 'named', name: inPath },
  }
}

/** A model that is named in the path, as it stands there. */
function modelPart(name: string): Part {
  return { role: 'model', name: 'model', encoding: 'text', value: encodeUtf8(name), at: 'path' }
}

function modelIn(tape: JsonTape): NamedModel {
  const node = memberAt(tape, 0, 'model')
  return namedModel(node >= 0 && tape.kind[node] === JsonKind.string ? stringAt(tape, node) : undefined)
}
