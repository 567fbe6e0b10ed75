/**
 * What the stand-in needs of an API.
 *
 * @module
 */

/** What every stand-in answers; in two pieces where it streams. */
export const ANSWER = ['It costs ', '1.0 EUR.'] as const

export interface Api {
  readonly matches: (path: string) => boolean
  /** @param request as the client sent it, parsed; `path` is without the query */
  readonly answer: (request: { readonly path: string; readonly body: RequestBody }) => ApiAnswer
}

/** The only members that an answer depends on. */
export interface RequestBody {
  readonly model?: string
  readonly stream?: boolean
}

/** A JSON body, or the pieces of a stream, each of which is written by itself. */
export interface ApiAnswer {
  readonly contentType: string
  readonly pieces: readonly string[]
}

export const jsonAnswer = (body: unknown): ApiAnswer => {
  return { contentType: 'application/json', pieces: [JSON.stringify(body)] }
}

/** Server-sent events, each with its type as the event's name, where `isNamed`. */
export function eventAnswer(
  events: readonly object[],
  { isNamed = false, end = '' }: { readonly isNamed?: boolean; readonly end?: string } = {},
): ApiAnswer {
  const pieces = events.map((event) => {
    const name = isNamed && 'type' in event ? `event: ${event.type}\n` : ''
    return `${name}data: ${JSON.stringify(event)}\n\n`
  })
  return { contentType: 'text/event-stream; charset=utf-8', pieces: end === '' ? pieces : [...pieces, end] }
}
