/**
 * Upstreams and gateways that are not there, or are not what they should be.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import { type ServerName, UNKNOWN_HOST } from './servers.ts'

const ASK = ['run', 'declaration.yaml', '--input', 'y', '--out', 'new.txt']

const upstream = (
  what: string,
  server: ServerName,
  code: ErrorCode,
  names: string,
  more: readonly string[] = [],
): BadInput => ({
  what,
  words: [...ASK, ...more, '--upstream', `$${server}`],
  code,
  names,
  isBound: true,
})

const gateway = (what: string, server: ServerName, code: ErrorCode, names: string): readonly BadInput[] => [
  { what, words: [...ASK, '--gateway', `$${server}`], code, names },
  { what, words: ['declare', 'declaration.yaml', '--gateway', `$${server}`], code, names },
]

export const NETWORK_ROWS: readonly BadInput[] = [
  upstream('an upstream that is not there', 'REFUSED', 'UPSTREAM_UNREACHABLE', '127.0.0.1'),
  upstream('an upstream whose name means nothing', 'UNKNOWN_HOST', 'UPSTREAM_UNREACHABLE', UNKNOWN_HOST),
  upstream('an upstream that answers with a page', 'PAGE', 'UPSTREAM_REFUSED', ''),
  upstream('an upstream that answers with a page to a stream', 'PAGE', 'UPSTREAM_REFUSED', '', ['--stream']),
  upstream('an upstream that answers with nothing', 'NOTHING', 'UPSTREAM_REFUSED', ''),
  upstream('an upstream that answers with half an object', 'HALF_OBJECT', 'UPSTREAM_REFUSED', ''),
  upstream('an upstream that speaks another protocol', 'SSH', 'UPSTREAM_UNREACHABLE', ''),
  upstream('an upstream that hangs up', 'HANGS_UP', 'UPSTREAM_UNREACHABLE', ''),
  upstream('an upstream that hangs up in the middle of its answer', 'CUT', 'UPSTREAM_CUT', ''),
  upstream('an upstream that refuses the credentials', 'UNAUTHORIZED', 'UPSTREAM_REFUSED', '401'),
  upstream('an upstream that fails', 'FAILS', 'UPSTREAM_REFUSED', '500'),
  upstream('an upstream that redirects', 'REDIRECTS', 'UPSTREAM_REFUSED', ''),
  upstream('an upstream with an encoding that there is not', 'ODD_ENCODING', 'UPSTREAM_UNREADABLE', ''),
  upstream('an upstream that says it is compressed, and is not', 'FALSE_GZIP', 'UPSTREAM_UNREADABLE', ''),
  ...gateway('a gateway that is not there', 'REFUSED', 'UPSTREAM_UNREACHABLE', '127.0.0.1'),
  ...gateway('a gateway whose name means nothing', 'UNKNOWN_HOST', 'UPSTREAM_UNREACHABLE', UNKNOWN_HOST),
  ...gateway('a gateway that answers with a page', 'PAGE', 'UPSTREAM_REFUSED', ''),
  ...gateway('a gateway that hangs up in the middle of its answer', 'CUT', 'UPSTREAM_CUT', ''),
  ...gateway('a gateway of somebody else', 'GATEWAY', 'UNAUTHORIZED', 'token'),
  {
    what: 'a log that is not there',
    words: ['log', 'checkpoint', '--gateway', '$REFUSED'],
    code: 'LOG_UNREACHABLE',
    names: '',
  },
  {
    what: 'a log that answers with a page',
    words: ['log', 'checkpoint', '--gateway', '$PAGE'],
    code: 'NOTE_MALFORMED',
    names: '',
  },
  {
    what: "another log than the trust policy's",
    words: ['log', 'checkpoint', '--gateway', '$GATEWAY', '--trust', '.colophon/trust/trust-policy.json'],
    code: 'LOG_NOT_TRUSTED',
    names: '',
  },
]
