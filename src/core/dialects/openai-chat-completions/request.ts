/**
 * The cut of a Chat Completions request (`docs/spec/dialects.md`).
 *
 * @module
 */
import { partsOf, type Unobservable } from '../../composition/index.ts'
import { ColophonError } from '../../errors.ts'
import { JsonKind, type JsonTape, scanJson, stringAt } from '../../json/index.ts'
import { cutJson, type Leaf } from '../../spans/index.ts'
import type { RequestCut, RequestInput } from '../dialect.ts'
import { opaqueRequest } from '../opaque/opaque.ts'
import { REQUEST_SHAPE, SERVER_STATE } from './shape.ts'

export function cutRequest(input: RequestInput): RequestCut {
  const { body, cutList } = input
  const tape = scanStrictly(body)
  if (tape === undefined) {
    if (cutList.length > 0)
      throw new ColophonError('CUT_LIST_MALFORMED', 'a cut list cannot apply: the body is not strict JSON')
    return opaqueRequest(body, 'opaque: the body is not one strict JSON object')
  }
  const spans = cutJson({ tape, shape: REQUEST_SHAPE, cutList })
  const leaves = spans.map(({ kind, role, pointer, offset, end }): Leaf => {
    return { kind, role, pointer, offset, bytes: body.subarray(offset, end) }
  })
  return { leaves, parts: partsOf(tape, spans), unobservable: serverState(tape), model: textMember(tape, 'model') }
}

/** Undefined for what is not strict JSON with an object at its root. */
export function scanStrictly(body: Uint8Array): JsonTape | undefined {
  try {
    const tape = scanJson(body)
    return tape.kind[0] === JsonKind.object ? tape : undefined
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

function serverState(tape: JsonTape): Unobservable[] {
  const found: Unobservable[] = []
  for (let key = 1; key < (tape.next[0] as number); key = tape.next[key + 1] as number) {
    const name = stringAt(tape, key)
    const role = SERVER_STATE.get(name)
    if (role !== undefined) found.push({ role, reason: `server-side: ${name}` })
  }
  return found
}

/** A member of the root object that is a string. */
export function textMember(tape: JsonTape, name: string): string | undefined {
  for (let key = 1; key < (tape.next[0] as number); key = tape.next[key + 1] as number) {
    if (stringAt(tape, key) === name)
      return tape.kind[key + 1] === JsonKind.string ? stringAt(tape, key + 1) : undefined
  }
  return undefined
}
