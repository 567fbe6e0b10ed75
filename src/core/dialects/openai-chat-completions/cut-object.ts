/**
 * Cuts a body that is one strict JSON object; what cannot be read so is the caller's to treat as opaque.
 *
 * @module
 */
import { ColophonError } from '../../errors.ts'
import { JsonKind, type JsonTape, scanJson } from '../../json/index.ts'
import { type BodySpan, type CutList, cutJson, type Leaf, type Shape } from '../../spans/index.ts'

export interface CutObject {
  readonly tape: JsonTape
  readonly spans: readonly BodySpan[]
  readonly leaves: readonly Leaf[]
}

/**
 * @returns undefined for what is not strict JSON with an object at its root, or is too large or deep to cut
 * @throws {ColophonError} CUT_LIST_MALFORMED
 */
export function cutObject(
  body: Uint8Array,
  options: { readonly shape: Shape; readonly cutList: CutList; readonly unknownRole?: string },
): CutObject | undefined {
  try {
    const tape = scanJson(body)
    if (tape.kind[0] !== JsonKind.object) return undefined
    const spans = cutJson({ tape, ...options })
    const leaves = spans.map(({ kind, role, pointer, offset, end }): Leaf => {
      return { kind, role, pointer, offset, bytes: body.subarray(offset, end) }
    })
    return { tape, spans, leaves }
  } catch (error) {
    if (!ColophonError.is(error) || error.code === 'CUT_LIST_MALFORMED') throw error
    return undefined
  }
}
