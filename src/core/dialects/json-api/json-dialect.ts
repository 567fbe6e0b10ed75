/**
 * The dialect of an API whose messages are JSON, made of one table (`docs/spec/dialects.md`).
 *
 * The table is the dialect: what it does not name is a member that nobody declared.
 *
 * @module
 */
import { partNamesOf } from '../../composition/index.ts'
import type { JsonObject } from '../../json/index.ts'
import type { Shape } from '../../spans/index.ts'
import type { Dialect } from '../dialect.ts'
import type { Answer } from './answer.ts'
import { cutRequest } from './cut-request.ts'
import { cutResponse } from './cut-response.ts'
import { type PathPattern, readPath } from './path-pattern.ts'
import type { StateRule } from './server-state.ts'

export interface JsonApiTable {
  /** Name and version, such as `openai-chat-completions/1`. */
  readonly id: string
  /** For people, such as `OpenAI Chat Completions`. */
  readonly title: string
  /** How the paths of its requests end; all are posted. */
  readonly paths: readonly PathPattern[]
  readonly request: Shape & { readonly kind: 'object' }
  readonly serverState: readonly StateRule[]
  /** Its servers read names of members in any case. */
  readonly foldsCase?: true
  readonly response: Shape
  /** The media type of its streams. */
  readonly streams: 'text/event-stream' | 'application/x-ndjson'
  /** Data that is no JSON and ends a stream, also after its reader has said so. Without it the reader alone says it. */
  readonly endOfStream?: '[DONE]'
  /**
   * How the line begins at which a caller takes a stream for finished; any of these. What begins there waits until the run
   * is recorded. Empty where no line says so.
   */
  readonly endMarkers: readonly string[]
  /** A new reader for each answer. */
  readonly reader: (answer: Answer) => AnswerReader
}

/** Says what it sees of one answer. */
export interface AnswerReader {
  /** A body that is not a stream. */
  readonly takeWhole: (body: JsonObject) => void
  /** The data of one event, or one line. */
  readonly takeChunk: (chunk: JsonObject) => void
  /** After the last chunk, of an API whose streams have no sign of their own that they end. */
  readonly atEnd?: () => void
}

export function jsonDialect(table: JsonApiTable): Dialect {
  return {
    id: table.id,
    matches: ({ method, path }) => method === 'POST' && readPath(table.paths, path) !== undefined,
    endMarkers: table.endMarkers,
    partNames: partNamesOf(table.request),
    modelInPath: (path) => readPath(table.paths, path)?.model,
    cutRequest: (input) => cutRequest(table, input),
    cutResponse: (input) => cutResponse(table, input),
  }
}
