/**
 * What a dialect is: a pure, versioned function from the bytes of one API's messages to spans and meaning
 * (`docs/spec/dialects.md`).
 *
 * A dialect never fails on a body: what it cannot read is one opaque span, and says so.
 *
 * @module
 */
import type { NamedModel, PartNames, Sent } from '../composition/index.ts'
import type { JsonValue } from '../json/index.ts'
import type { PassageFate } from '../passages/index.ts'
import type { CutList, Leaf } from '../spans/index.ts'

export interface RequestInput {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** As sent, two of them joined with ", "; undefined where no such header was. */
  readonly contentType: string | undefined
  readonly body: Uint8Array
  readonly cutList: CutList
}

export interface RequestCut extends Sent {
  /** Tile the body. */
  readonly leaves: readonly Leaf[]
  /** What became of the passages that the application named, in the order of the cut list. */
  readonly passages: readonly PassageFate[]
  /** The model asked for. */
  readonly model: NamedModel
}

export interface ResponseInput {
  readonly status: number
  readonly contentType: string | undefined
  /** Content-decoded. */
  readonly body: Uint8Array
}

/**
 * What the bytes of a response show, whatever the connection did:
 * `complete` (ended as the API says an answer ends), `cut` (did not), `error` (the API reports an error), `anomalous`
 * (parts that do not fit together, or that cannot be read) or `open` (nothing about their end).
 */
export type ResponseShape = 'complete' | 'cut' | 'error' | 'anomalous' | 'open'

/** The text a person sees of one choice. */
export interface Output {
  readonly choice: number
  readonly text: Uint8Array
}

/** Text that one event of a stream adds to a choice. */
export interface StreamedText extends Output {
  /** Place of the event's leaf in the body. */
  readonly event: number
}

/** A call of a tool that an answer asks for. */
export interface ToolCall {
  readonly choice: number
  readonly id: string | undefined
  readonly name: string | undefined
  /** As the API gives them: JSON, mostly. */
  readonly arguments: Uint8Array
}

export interface ResponseCut {
  readonly leaves: readonly Leaf[]
  /** In the order of choices, without empty ones. */
  readonly outputs: readonly Output[]
  /** Of a stream: what its events add to the outputs, in order. None of any other body. */
  readonly pieces: readonly StreamedText[]
  /** The model that says it answered. */
  readonly model: NamedModel
  /** What the provider calls the state of its system, such as `fp_…`. */
  readonly fingerprint: string | undefined
  readonly finishReasons: readonly string[]
  readonly toolCalls: readonly ToolCall[]
  /** As the provider counts it. */
  readonly usage: JsonValue | undefined
  readonly shape: ResponseShape
}

export interface Dialect {
  /** Name and version, such as `openai-chat-completions/1`. */
  readonly id: string
  /** How the line begins at which a caller takes a stream for finished; any of these. */
  readonly endMarkers: readonly string[]
  /** How the parts of its requests are called. */
  readonly partNames: PartNames
  readonly matches: (request: { readonly method: string; readonly path: string }) => boolean
  /** The model that a path names, as it stands there; undefined for an API that has it elsewhere. */
  readonly modelInPath: (path: string) => string | undefined
  readonly cutRequest: (input: RequestInput) => RequestCut
  readonly cutResponse: (input: ResponseInput) => ResponseCut
}
