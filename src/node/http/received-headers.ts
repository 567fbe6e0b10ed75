/**
 * Headers as node:http and undici give them, as a list.
 *
 * @module
 */
import type { Header } from '../../core/spans/index.ts'

/** One element per value: a header that came several times stands there several times. */
export function receivedHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Header[] {
  return Object.entries(headers).flatMap(([name, value = []]) => [value].flat().map((one): Header => [name, one]))
}
