/**
 * The paths of the model's API that a gateway takes. Clients have the version in their base URL, or leave it out.
 *
 * @module
 */

/** The path that requests of our own go to. */
export const CAPTURED_PATH = '/v1/chat/completions'

/** With POST: captured. */
export const CAPTURED_PATHS: readonly string[] = [CAPTURED_PATH, '/chat/completions']

/** With GET: passed on, uncaptured. */
export const PASSED_PATHS: readonly string[] = ['/v1/models', '/models']
