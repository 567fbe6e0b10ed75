/**
 * Questions about runs that cannot be answered.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'

const HEX = 'ab'.repeat(32)

const row = (what: string, words: readonly string[], names: string, code: ErrorCode = 'USAGE'): BadInput => ({
  ...{ what, words: ['find', ...words], code, names },
})

export const FIND_ROWS: readonly BadInput[] = [
  row('nothing to find', [], 'nothing'),
  row('two contents to find', ['--text', 'x', '--sha256', HEX], 'more than one content'),
  row('a role by which no run is found', ['--text', 'x', '--role', 'history'], 'role'),
  row('a role that there is not', ['--text', 'x', '--role', 'prompt'], 'role'),
  row('a role alone', ['--role', 'tools'], 'role'),
  ...[HEX.slice(2), HEX.toUpperCase(), `sha256:${HEX}`, ''].map((hex) =>
    row(`the digest ${JSON.stringify(hex)}`, ['--sha256', hex], '--sha256'),
  ),
  ...['0', '1001', '-1', '1e2', 'all', ''].map((limit) =>
    row(`the limit ${JSON.stringify(limit)}`, ['--tool', 'x', `--limit=${limit}`], 'limit'),
  ),
  row('a file to find that there is not', ['--file', 'none.txt'], 'none.txt', 'FILE_UNREADABLE'),
  row('a folder to find', ['--file', '.colophon'], '.colophon', 'FILE_UNREADABLE'),
  row('an answer to find that there is not', ['--output', 'none.txt'], 'none.txt', 'FILE_UNREADABLE'),
  row('runs of another issuer', ['--tool', 'x', '--dir', 'nowhere'], 'nowhere', 'STORE_MISSING'),
  row('runs in a store that is open', ['--tool', 'x', '--dir', '$HELD_FOLDER'], 'store.sqlite', 'STORE_LOCKED'),
  row(
    'runs at a gateway that is not there',
    ['--tool', 'x', '--gateway', '$REFUSED'],
    '127.0.0.1',
    'UPSTREAM_UNREACHABLE',
  ),
  row('runs at a gateway that answers with a page', ['--tool', 'x', '--gateway', '$PAGE'], '', 'UPSTREAM_REFUSED'),
  row('runs at a gateway of somebody else', ['--tool', 'x', '--gateway', '$GATEWAY'], 'token', 'UNAUTHORIZED'),
]
