/**
 * What a Content-Type says of a body (RFC 9110 §8.3.1).
 *
 * @module
 */

const mediaType = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''

const CHARSET = /;[ \t]*charset[ \t]*=[ \t]*"?([^";, \t]*)/gi

/**
 * Whether a body is to be read as JSON in UTF-8. Without the header it is. With another charset, or two, a server may
 * read other characters than are read here.
 */
export function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined) return true
  const type = mediaType(contentType)
  if (type !== 'application/json' && !/^application\/[a-z0-9.!#$&^_-]+\+json$/.test(type)) return false
  return [...contentType.matchAll(CHARSET)].every(([, charset = '']) => /^utf-?8$/i.test(charset))
}

export const isEventStream = (contentType: string | undefined): boolean =>
  contentType !== undefined && mediaType(contentType) === 'text/event-stream'
