/**
 * What a Content-Type says of a body (RFC 9110 §8.3.1).
 *
 * @module
 */

const JSON_TYPE = /^[ \t]*application\/(?:[a-z0-9.!#$&^_-]+\+)?json[ \t]*$/i
const LINES_TYPE = /^[ \t]*application\/(?:x-ndjson|jsonl|x-jsonlines)[ \t]*$/i
const STREAM_TYPE = /^[ \t]*text\/event-stream[ \t]*$/i
const CHARSET = /;[ \t]*charset[ \t]*=[ \t]*"?([^";, \t]*)/gi

const mediaType = (contentType: string): string => contentType.split(';', 1)[0] ?? ''

/**
 * Whether a body is to be read as JSON in UTF-8. Without the header it is. With another charset, or two, a server may
 * read other characters than are read here.
 */
export function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined) return true
  if (!JSON_TYPE.test(mediaType(contentType))) return false
  return [...contentType.matchAll(CHARSET)].every(([, charset = '']) => /^utf-?8$/i.test(charset))
}

export const isEventStream = (contentType: string | undefined): boolean =>
  contentType !== undefined && STREAM_TYPE.test(mediaType(contentType))

export const isJsonLines = (contentType: string | undefined): boolean =>
  contentType !== undefined && LINES_TYPE.test(mediaType(contentType))
