/**
 * The paths of models' APIs that a gateway takes. Clients have the version in their base URL, or leave it out.
 *
 * @module
 */
import { dialectFor, JSON_APIS, opaqueDialect } from '../../core/dialects/index.ts'

/** The path that requests of our own go to. */
export const CAPTURED_PATH = '/v1/chat/completions'

/** Where APIs of models are; beside them a gateway has paths of its own. */
const API_PREFIXES: readonly string[] = ['/v1/', '/v1beta/', '/openai/', '/api/']

/** Segments that a server reads as they stand: none is empty, none is encoded in its slashes. */
const PLAIN = /^(?:\/(?:[A-Za-z0-9._~:@!$&'()*+,;=-]|%(?!2[fF]|5[cC]|2[eE])[0-9A-Fa-f]{2})+)+$/

/** Segments by which a path leads to another place. */
const ELSEWHERE = /\/\.\.?(?:\/|$)/

/**
 * What is posted to a model: everything that a dialect reads, and, as one opaque body, whatever else is posted where APIs
 * of models are.
 */
export function isCaptured(method: string | undefined, path: string): boolean {
  if (method !== 'POST' || !PLAIN.test(path) || ELSEWHERE.test(path)) return false
  return dialectFor({ method, path }) !== opaqueDialect || API_PREFIXES.some((prefix) => path.startsWith(prefix))
}

/** With GET: passed on, uncaptured. Lists of models, which no model answers. */
export const PASSED_PATHS: readonly string[] = ['/v1/models', '/models', '/v1beta/models', '/api/tags', '/api/version']

/** As people read them. */
export const describeCaptured = (): readonly string[] => [
  ...JSON_APIS.flatMap(({ paths }) => paths.map((path) => `POST …${path}`)),
  ...API_PREFIXES.map((prefix) => `POST ${prefix}…`),
]
