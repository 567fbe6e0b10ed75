/**
 * The cut of a Chat Completions request (`docs/spec/dialects.md`).
 *
 * @module
 */
import { namedModel, partsOf } from '../../composition/index.ts'
import { JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import type { RequestCut, RequestInput } from '../dialect.ts'
import { isJsonType } from '../media-type.ts'
import { opaqueRequest } from '../opaque/index.ts'
import { cutObject } from './cut-object.ts'
import { serverState } from './server-state.ts'
import { REQUEST_SHAPE } from './shape.ts'

export function cutRequest(input: RequestInput): RequestCut {
  const { body, cutList } = input
  if (!isJsonType(input.contentType)) return opaqueRequest(input, 'opaque: the content type is not JSON')
  const cut = cutObject(body, { shape: REQUEST_SHAPE, cutList })
  if (cut === undefined) return opaqueRequest(input, 'opaque: the body is not one strict JSON object of bounded size')
  const { tape, spans, leaves } = cut
  const model = namedModel(textMember(tape, 'model'))
  return { leaves, parts: partsOf(tape, spans), unobservable: serverState(tape), model }
}

/** A member of the root object that is a string. */
function textMember(tape: JsonTape, name: string): string | undefined {
  const node = memberAt(tape, 0, name)
  return node >= 0 && tape.kind[node] === JsonKind.string ? stringAt(tape, node) : undefined
}
