/**
 * Cuts a body that is strict JSON; what cannot be read so is the caller's to treat as opaque.
 *
 * @module
 */
import { ColophonError } from '../../errors.ts'
import { JsonKind, type JsonTape, scanJson } from '../../json/index.ts'
import { type BodySpan, type CutList, cutJson, type Leaf, type Shape } from '../../spans/index.ts'

export interface CutBody {
  readonly tape: JsonTape
  readonly spans: readonly BodySpan[]
  readonly leaves: readonly Leaf[]
}

export interface CutOptions {
  readonly shape: Shape
  readonly cutList: CutList
  readonly unknownRole?: string
}

/**
 * @returns undefined for what is not strict JSON with an object at its root, or is too large or deep to cut
 * @throws {ColophonError} CUT_LIST_MALFORMED
 */
export const cutObject = (body: Uint8Array, options: CutOptions): CutBody | undefined =>
  cutRoot(body, options, [JsonKind.object])

/** As `cutObject`, where the table's root is a list too. */
export const cutJsonBody = (body: Uint8Array, options: CutOptions): CutBody | undefined =>
  cutRoot(body, options, options.shape.kind === 'object' ? [JsonKind.object] : [JsonKind.object, JsonKind.array])

function cutRoot(body: Uint8Array, options: CutOptions, roots: readonly JsonKind[]): CutBody | undefined {
  try {
    const tape = scanJson(body)
    if (!roots.includes(tape.kind[0] as JsonKind)) return undefined
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
