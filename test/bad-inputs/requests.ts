/**
 * What can be wrong about a request to a gateway or to the model host, and what comes of it.
 *
 * @module
 */
import { ERROR_CODES, type ErrorCode } from '../../src/core/errors.ts'
import { FILE_CANARY } from './mischief.ts'

export interface BadRequest {
  readonly what: string
  readonly to: 'gateway' | 'host'
  readonly method: string
  readonly target: string
  /** Lines, without `Host`, `Content-Length` and `Connection`. `TOKEN` stands for the gateway's token. */
  readonly headers: readonly string[]
  readonly body?: string | Uint8Array
  /** In place of the body's own. */
  readonly contentLength?: number
  /** Of the registry; of the host a word of OpenAI's. */
  readonly code: string
  readonly status: number
}

const JSON_TYPE = 'Content-Type: application/json'
const CHAT = '/v1/chat/completions'
const ASKED = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'

type More = Partial<Pick<BadRequest, 'headers' | 'body' | 'contentLength'>>

const gateway = (what: string, request: string, code: ErrorCode, more: More = {}): BadRequest => {
  const [method = '', target = ''] = request.split(' ')
  return { what, to: 'gateway', method, target, headers: [], code, status: ERROR_CODES[code].status, ...more }
}

const chat = (what: string, code: ErrorCode, more: More = {}): BadRequest =>
  gateway(what, `POST ${CHAT}`, code, { body: ASKED, ...more, headers: [JSON_TYPE, ...(more.headers ?? [])] })

const declared = (what: string, code: ErrorCode, body: string | Uint8Array, more: More = {}): BadRequest =>
  gateway(what, 'POST /declarations', code, { body, headers: [JSON_TYPE, 'Colophon-Token: TOKEN'], ...more })

const host = (what: string, code: string, body: string | Uint8Array, status = 400, more: More = {}): BadRequest => ({
  what,
  to: 'host',
  method: 'POST',
  target: CHAT,
  headers: [JSON_TYPE],
  body,
  code,
  status,
  ...more,
})

const asked = (members: string): string =>
  `{"model":"colophon-tiny","messages":[{"role":"user","content":"${FILE_CANARY}"}],${members}}`

export const BAD_REQUESTS: readonly BadRequest[] = [
  gateway('a path that there is not', 'GET /none', 'PATH_NOT_CAPTURED'),
  gateway('a path that is not captured', 'POST /embed', 'PATH_NOT_CAPTURED', {
    body: ASKED,
    headers: [JSON_TYPE],
  }),
  gateway('the captured path with another method', `PUT ${CHAT}`, 'PATH_NOT_CAPTURED', { body: ASKED }),
  gateway('the captured path with a slash more', `POST ${CHAT}/`, 'PATH_NOT_CAPTURED', { body: ASKED }),
  gateway('a path with two slashes', 'GET //healthz', 'PATH_NOT_CAPTURED'),
  gateway('the address of another server', 'GET http://169.254.169.254/latest/meta-data/', 'PATH_NOT_CAPTURED'),
  gateway('a method that the log does not take', 'DELETE /checkpoint', 'METHOD_NOT_ALLOWED'),
  gateway('a run that there is not', `GET /runs/${'ab'.repeat(32)}`, 'RUN_UNKNOWN'),
  gateway('a run id that is none', 'GET /runs/..%2f..%2fkeys', 'RUN_UNKNOWN'),
  gateway('a record that there is not', `GET /records/${'ab'.repeat(32)}`, 'RECORD_NOT_FOUND'),
  gateway('an output that is no digest', 'GET /records?output=all', 'HEX_MALFORMED'),
  gateway('records of nothing', 'GET /records', 'HEX_MALFORMED'),
  gateway('the runs without a token', 'GET /runs', 'UNAUTHORIZED'),
  gateway('the runs with another token', 'GET /runs', 'UNAUTHORIZED', { headers: ['Colophon-Token: canary-password'] }),
  gateway('a disclosure without a token', `GET /runs/${'ab'.repeat(32)}/disclosure`, 'UNAUTHORIZED'),
  gateway('a declaration without a token', 'POST /declarations', 'UNAUTHORIZED', { body: '{}' }),
  ...['0', '-1', '1e9', 'all', '0x10', '1.5'].map((limit) =>
    gateway(`the runs, limited to ${limit}`, `GET /runs?limit=${limit}`, 'USAGE', {
      headers: ['Colophon-Token: TOKEN'],
    }),
  ),
  gateway('runs to be found without a token', 'GET /find?tool=x', 'UNAUTHORIZED'),
  ...['', 'role=tools', 'tool=a&tool=b', 'tool=x&limit=0', 'text=x'].map((query) =>
    gateway(`runs to be found by ${JSON.stringify(query)}`, `GET /find?${query}`, 'USAGE', {
      headers: ['Colophon-Token: TOKEN'],
    }),
  ),
  gateway('runs to be found by a digest that is none', 'GET /find?sha256=canary-file-9312', 'HEX_MALFORMED', {
    headers: ['Colophon-Token: TOKEN'],
  }),
  gateway('a tile of a level that there is not', 'GET /tile/64/000', 'TILE_PATH_MALFORMED'),
  gateway('a tile by a way round', 'GET /tile/0/x001/../../../token', 'PATH_NOT_CAPTURED'),
  gateway('a tile by an encoded way round', 'GET /tile/0/%2e%2e/%2e%2e/token', 'PATH_NOT_CAPTURED'),
  gateway('a tile with a query', 'GET /tile/0/000?x', 'TILE_PATH_MALFORMED'),
  gateway('a tile beyond the log', 'GET /tile/0/999', 'TILE_NOT_FOUND'),
  declared('no declaration', 'JSON_MALFORMED', ''),
  declared('a declaration that is no JSON', 'JSON_MALFORMED', FILE_CANARY),
  declared('a declaration that is UTF-16', 'JSON_MALFORMED', Buffer.from('{"a":1}', 'utf16le')),
  declared('a declaration with a byte order mark', 'JSON_MALFORMED', '\ufeff{}'),
  declared('a declaration with bytes that are no text', 'UTF8_MALFORMED', Buffer.from('{"a":"\xff"}', 'latin1')),
  declared('a declaration with a key twice', 'JSON_DUPLICATE_KEY', '{"a":1,"a":2}'),
  declared('a declaration with half a character', 'JSON_LONE_SURROGATE', '{"a":"\\ud83d"}'),
  declared('a declaration nested very deeply', 'JSON_TOO_DEEP', '['.repeat(100_000)),
  declared('a declaration with blanks in it', 'JSON_NOT_CANONICAL', '{ }'),
  declared('a declaration without its document', 'SCHEMA_MISMATCH', '{}'),
  declared('a declaration that is a list', 'SCHEMA_MISMATCH', '[]'),
  declared('a declaration that is larger than the gateway takes', 'REQUEST_TOO_LARGE', '', { contentLength: 1e12 }),
  chat('an upstream that is not there', 'UPSTREAM_UNREACHABLE'),
  chat('a compressed body', 'REQUEST_ENCODED', { headers: ['Content-Encoding: gzip'] }),
  chat('a body that is larger than the gateway takes', 'REQUEST_TOO_LARGE', { contentLength: 1e12 }),
  chat('a declaration id that is none', 'DECLARATION_UNKNOWN', { headers: ['Colophon-Declaration: ../../token'] }),
  chat('a declaration that the store does not have', 'DECLARATION_UNKNOWN', {
    headers: [`Colophon-Declaration: ${'ab'.repeat(32)}`],
  }),
  chat('a nonce that is none', 'HEADER_MALFORMED', { headers: ['Colophon-Nonce: canary-password'] }),
  chat('an inline that is none', 'HEADER_MALFORMED', { headers: ['Colophon-Inline: yes'] }),
  host('no request', 'invalid_json', ''),
  host('a request that is no JSON', 'invalid_json', FILE_CANARY),
  host('a request that is a list', 'invalid_json', '[]'),
  host('a request with a key twice', 'invalid_json', '{"model":"a","model":"b"}'),
  host('a request with bytes that are no text', 'invalid_json', Buffer.from('{"model":"\xff"}', 'latin1')),
  host('a request without messages', 'missing_required_parameter', '{"model":"colophon-tiny"}'),
  host('a message without a role', 'invalid_value', '{"model":"colophon-tiny","messages":[{"content":"x"}]}'),
  host(
    'a model that the host does not have',
    'model_not_found',
    '{"model":"gpt-9","messages":[{"role":"user","content":"x"}]}',
    404,
  ),
  host('a temperature that is none', 'invalid_value', asked('"temperature":"hot"')),
  host('a temperature below zero', 'invalid_value', asked('"temperature":-1')),
  host('more choices than one', 'unsupported_parameter', asked('"n":2')),
  host('tools', 'unsupported_parameter', asked('"tools":[{"type":"function","function":{"name":"f"}}]')),
  host('a parameter that there is not', 'unsupported_parameter', asked('"temprature":1')),
  host(
    'a prompt longer than the context',
    'context_length_exceeded',
    asked('"seed":1').replace(FILE_CANARY, 'word '.repeat(300)),
  ),
  host('a body that is larger than the host takes', 'request_too_large', '', 413, { contentLength: 1e12 }),
  host('another type of body', 'unsupported_media_type', asked('"n":1'), 415, {
    headers: ['Content-Type: text/plain'],
  }),
]
