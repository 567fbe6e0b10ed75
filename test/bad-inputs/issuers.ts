/**
 * Issuers that are not what they should be: no folder, another's, locked, old, damaged.
 *
 * @module
 */
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import { all, folder, otherPermissions, type Plant, remove, replace, write } from './mischief.ts'
import { UNKNOWN_HOST } from './servers.ts'

const RUN = ['run', 'declaration.yaml', '--input', 'y', '--out', 'new.txt']
const STORE = '.colophon/store.sqlite'
const HEAD = '.colophon/head.sqlite'

const row = (what: string, words: readonly string[], code: ErrorCode, names: string, plant?: Plant): BadInput => ({
  what,
  words,
  code,
  names,
  ...(plant === undefined ? {} : { plant }),
})

const exec =
  (path: string, sql: string): Plant =>
  (root) => {
    const database = new DatabaseSync(join(root, path))
    database.exec(sql)
    database.close()
  }

const key = (kind: 'issuer' | 'log'): string => {
  const { privateKey } =
    kind === 'log' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The commands that open a store. */
const OPENING: readonly (readonly string[])[] = [
  ['declare', 'declaration.yaml'],
  RUN,
  ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0'],
  ['keys', 'rotate'],
  ['log', 'checkpoint'],
  ['log', 'prove', '0'],
  ['log', 'fsck'],
  ['log', 'resume', '--size', '3'],
]

export const ISSUER_ROWS: readonly BadInput[] = [
  ...[...OPENING, ['keys', 'list'], ['keys', 'revoke', '01234567', '--entirely']].map((words) =>
    row('no issuer in the folder', [...words, '--dir', 'none'], 'STORE_MISSING', 'none'),
  ),
  ...OPENING.map((words) =>
    row('the store is open in another process', [...words, '--dir', '$HELD_FOLDER'], 'STORE_LOCKED', 'store.sqlite'),
  ),
  row('an issuer is there already', ['init'], 'FILE_EXISTS', '.colophon'),
  row('another folder has the name', ['init', '--dir', 'taken'], 'FILE_EXISTS', 'taken', folder('taken')),
  row('a file has the name', ['init', '--dir', 'answer.txt'], 'FILE_EXISTS', 'answer.txt'),
  row('the folder to make it in is not there', ['init', '--dir', 'none/new'], 'FILE_UNWRITABLE', 'none/new'),
  row('an issuer with an endless name', ['init', '--dir', 'n'.repeat(300)], 'FILE_UNWRITABLE', 'too long'),
  row('the folder to make it in is a file', ['init', '--dir', 'answer.txt/new'], 'FILE_UNWRITABLE', 'answer.txt/new'),
  {
    ...row(
      'the folder to make it in may not be written',
      ['init', '--dir', 'locked/new'],
      'FILE_UNWRITABLE',
      'locked/new',
      (root) => {
        write('locked/x', '')(root)
        chmodSync(join(root, 'locked'), 0o500)
      },
    ),
    asNobody: true,
  },
  row(
    'a configuration of a later version',
    RUN,
    'CONFIG_MALFORMED',
    'config.json',
    replace('.colophon/config.json', 'config/v1', 'config/v9'),
  ),
  row(
    'a configuration with a misspelt member',
    RUN,
    'CONFIG_MALFORMED',
    'config.json',
    replace('.colophon/config.json', '"signer"', '"singer"'),
  ),
  row(
    'a configuration with a member twice',
    RUN,
    'CONFIG_MALFORMED',
    'config.json',
    replace('.colophon/config.json', '"origin"', '"origin": "a.example", "origin"'),
  ),
  row(
    'a configuration whose head store is the store',
    RUN,
    'CONFIG_MALFORMED',
    'head',
    replace('.colophon/config.json', 'head.sqlite', 'store.sqlite'),
  ),
  row(
    'a configuration with another origin',
    RUN,
    'LOG_HEAD_FOREIGN',
    'head',
    replace('.colophon/config.json', 'log.example-host', 'log.other-host'),
  ),
  row("the log's key in place of the issuer's", RUN, 'KEY_MALFORMED', 'issuer.pem', (root) =>
    copyFileSync(join(root, '.colophon/keys/log.pem'), join(root, '.colophon/keys/issuer.pem')),
  ),
  row("the issuer's key in place of the log's", RUN, 'KEY_MALFORMED', 'log.pem', (root) =>
    copyFileSync(join(root, '.colophon/keys/issuer.pem'), join(root, '.colophon/keys/log.pem')),
  ),
  row("another log's key", RUN, 'LOG_HEAD_FOREIGN', 'head', write('.colophon/keys/log.pem', key('log'))),
  row(
    'two keys in one file',
    RUN,
    'KEY_MALFORMED',
    'issuer.pem',
    write('.colophon/keys/issuer.pem', key('issuer') + key('issuer')),
  ),
  row(
    'a token that is too short',
    ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0'],
    'KEY_MALFORMED',
    'token',
    write('.colophon/token', 'short\n'),
  ),
  row(
    'a gateway beyond this machine',
    ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0', '--host', '203.0.113.7'],
    'ADDRESS_UNUSABLE',
    '203.0.113.7',
  ),
  row(
    'a host beyond this machine without a token',
    ['host', '--port', '0', '--host', '0.0.0.0'],
    'TOKEN_REQUIRED',
    '0.0.0.0',
  ),
  row(
    'a gateway at a name that is no address',
    ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0', '--host', UNKNOWN_HOST],
    'ADDRESS_UNUSABLE',
    UNKNOWN_HOST,
  ),
  row(
    'a port that is taken',
    ['up', '--upstream', 'http://127.0.0.1:9', '--port', '$TAKEN_PORT'],
    'PORT_IN_USE',
    'port',
  ),
  row('a port of the model host that is taken', ['host', '--port', '$TAKEN_PORT'], 'PORT_IN_USE', 'port'),
  row(
    'a declaration that the store does not have',
    ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0', '--declaration', 'ab'.repeat(32)],
    'DECLARATION_UNKNOWN',
    'abab',
  ),
  row(
    "another program's database in place of the store",
    RUN,
    'STORE_DAMAGED',
    STORE,
    all(remove(STORE), exec(STORE, 'create table t (x)')),
  ),
  row('the head store in place of the store', RUN, 'STORE_DAMAGED', STORE, (root) =>
    copyFileSync(join(root, HEAD), join(root, STORE)),
  ),
  row('a store of a later version', RUN, 'VERSION_UNSUPPORTED', 'store', exec(STORE, 'pragma user_version = 99')),
  row(
    'a store with an entry changed',
    RUN,
    'STORE_DAMAGED',
    'entry',
    exec(STORE, "update log_entry set entry = x'00' where log_index = 2"),
  ),
  row(
    'a head store that remembers nothing',
    RUN,
    'LOG_HEAD_MISSING',
    'head',
    exec(HEAD, 'update last_checkpoint set checkpoint = null, signed_at_ms = null'),
  ),
  row(
    'a clock behind the last checkpoint',
    RUN,
    'CLOCK_BEHIND',
    'clock',
    exec(HEAD, 'update last_checkpoint set signed_at_ms = 4102444800000'),
  ),
  row(
    'a rotation that was not finished',
    RUN,
    'KEY_ROTATING',
    'rotation',
    write('.colophon/keys/issuer.next.pem', key('issuer')),
  ),
  row(
    'a key that the trust policy does not have',
    ['keys', 'revoke', '01234567', '--entirely'],
    'KEY_UNKNOWN',
    '01234567',
  ),
  row('a key id that is too short', ['keys', 'revoke', '0123', '--entirely'], 'KEY_UNKNOWN', '0123'),
  row('an entry that the log does not have', ['log', 'prove', '99'], 'RECORD_NOT_FOUND', '99'),
  row('a state that the log never had', ['log', 'prove', '--since', '99'], 'USAGE', '99'),
  row('a number that is no index', ['log', 'prove', '1.5'], 'USAGE', 'index'),
  row('neither an entry nor a state', ['log', 'prove'], 'USAGE', 'entry'),
  row('a record that is none', ['log', 'prove', 'answer.txt'], 'BUNDLE_MALFORMED', 'answer.txt'),
  row('another size than the store has', ['log', 'resume', '--size', '7'], 'LOG_SIZE_MISMATCH', '7'),
  row('a size that is none', ['log', 'resume', '--size', 'all'], 'USAGE', 'size'),
  row(
    'keys that others can read',
    ['keys', 'rotate'],
    'KEY_PERMISSIONS',
    'issuer.pem',
    otherPermissions('.colophon/keys/issuer.pem'),
  ),
]
