/**
 * What a dialect is: a pure, versioned function from the bytes of one API's messages to spans and meaning
 * (`docs/spec/dialects.md`).
 *
 * A dialect never fails on a body: what it cannot read is one opaque span, and says so.
 *
 * @module
 */
import type { NamedModel, Sent } from '../composition/index.ts'
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

export interface ResponseCut {
  readonly leaves: readonly Leaf[]
  /** In the order of choices, without empty ones. */
  readonly outputs: readonly Output[]
  /** The model that says it answered. */
  readonly model: NamedModel
  readonly finishReasons: readonly string[]
  readonly shape: ResponseShape
}

export interface Dialect {
  /** Name and version, such as `openai-chat-completions/1`. */
  readonly id: string
  readonly matches: (request: { readonly method: string; readonly path: string }) => boolean
  readonly cutRequest: (input: RequestInput) => RequestCut
  readonly cutResponse: (input: ResponseInput) => ResponseCut
}
