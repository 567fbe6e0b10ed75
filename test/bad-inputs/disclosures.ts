/**
 * Parts of runs that cannot be opened, and sealed disclosures that cannot be read.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import { all, type Plant, write } from './mischief.ts'

const TO = ['--to', 'new.json']

const row = (
  what: string,
  words: readonly string[],
  code: ErrorCode,
  names: string,
  more: Partial<BadInput> = {},
): BadInput => ({ what, words: ['disclose', ...words], code, names, ...more })

const part = (what: string, name: string, code: ErrorCode): BadInput =>
  row(what, ['answer.txt', '--open', name, ...TO], code, name.split(/[,:]/).at(-1) ?? '')

/** A file that says that it is sealed. */
const sealed = (path: string): Plant => write(path, 'age-encryption.org/v1\n-> X25519 a\nb\n--- c\nd')
/** A key of this test alone. */
const KEY = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX'
const WITH_SEAL = ['verify', 'answer.txt', '--disclosure', 'sealed.age']

export const DISCLOSURE_ROWS: readonly BadInput[] = [
  row('no run to disclose', ['--all', ...TO], 'USAGE', 'run'),
  row('no file to write a disclosure to', ['answer.txt', '--all'], 'USAGE', '--to'),
  row('nothing to open', ['answer.txt', ...TO], 'USAGE', 'nothing'),
  row('everything, and a part', ['answer.txt', '--all', '--open', 'model', ...TO], 'USAGE', '--all'),
  part('a part that there is not', 'modle', 'USAGE'),
  part('a role that no request has', 'model,policy', 'USAGE'),
  part('a part of the response that there is not', 'response:tools', 'USAGE'),
  part('a part of the declaration that there is not', 'declaration:output', 'USAGE'),
  part('no part between two commas', 'model,,input', 'USAGE'),
  part('a pointer with a wrong escape', '/a~2', 'USAGE'),
  part('a place that the request has not', '/messages/7', 'PART_UNKNOWN'),
  part('a place inside a span', '/messages/0/content/0', 'PART_UNKNOWN'),
  part('a place that the response has not', 'response:/choices/7', 'PART_UNKNOWN'),
  row('an empty excerpt', ['answer.txt', '--excerpt', '', ...TO], 'USAGE', '--excerpt'),
  row('an excerpt of another answer', ['answer.txt', '--excerpt', 'no such words', ...TO], 'PART_UNKNOWN', 'excerpt'),
  row('a run that there is not', ['ab'.repeat(32), '--all', ...TO], 'RUN_UNKNOWN', 'abab'),
  row('a run id that is cut short', ['ab'.repeat(31), '--all', ...TO], 'RECORD_NOT_FOUND', 'abab'),
  row('a run at another issuer', ['answer.txt', '--all', '--dir', 'nowhere', ...TO], 'STORE_MISSING', 'nowhere'),
  row('a file that is there', ['answer.txt', '--all', '--to', 'answer.txt'], 'FILE_EXISTS', 'answer.txt'),
  row('a folder to write over', ['answer.txt', '--all', '--force', '--to', '.colophon'], 'FILE_EXISTS', '.colophon'),
  row('a folder that is not there', ['answer.txt', '--all', '--to', 'none/new.json'], 'FILE_UNWRITABLE', 'none'),
  ...['age1', 'ssh-ed25519 AAAA', `age1${'q'.repeat(58)}`, ''].map((recipient) =>
    row(
      `the recipient ${JSON.stringify(recipient)}`,
      ['answer.txt', '--seal-for', recipient, ...TO],
      'KEY_MALFORMED',
      'age1',
    ),
  ),
  row('a secret key as a recipient', ['answer.txt', '--seal-for', KEY, ...TO], 'KEY_MALFORMED', 'secret'),
  {
    what: 'a sealed disclosure, and no key',
    words: WITH_SEAL,
    plant: sealed('sealed.age'),
    code: 'DISCLOSURE_SEALED',
    names: 'sealed.age',
  },
  {
    what: 'a sealed disclosure that is damaged',
    words: [...WITH_SEAL, '--identity', 'auditor.key'],
    plant: all(sealed('sealed.age'), write('auditor.key', `${KEY}\n`)),
    code: 'DISCLOSURE_MALFORMED',
    names: 'sealed.age',
  },
  {
    what: 'an excerpt that is empty, to explain',
    words: ['explain', 'answer.txt', '--excerpt', ''],
    code: 'USAGE',
    names: '--excerpt',
  },
]
