/**
 * Every place where a file is named, with everything that a file can be instead: not there, a folder, a circle of links,
 * closed to the reader, empty, bytes without meaning, prose, another encoding, too large.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import {
  all,
  binary,
  byteOrderMark,
  carriageReturns,
  copy,
  empty,
  folder,
  huge,
  linkLoop,
  otherPermissions,
  type Plant,
  pipe,
  prose,
  remove,
  unreadable,
  utf16,
} from './mischief.ts'

type Kind =
  | 'missing'
  | 'folder'
  | 'linkLoop'
  | 'pipe'
  | 'unreadable'
  | 'empty'
  | 'binary'
  | 'prose'
  | 'byteOrderMark'
  | 'utf16'
  | 'carriageReturns'
  | 'permissions'

const KINDS: Readonly<Record<Kind, { readonly is: string; readonly plant: (path: string) => Plant }>> = {
  missing: { is: 'is not there', plant: remove },
  folder: { is: 'is a folder', plant: folder },
  linkLoop: { is: 'is a link to itself', plant: linkLoop },
  pipe: { is: 'is a pipe', plant: pipe },
  unreadable: { is: 'may not be read', plant: unreadable },
  empty: { is: 'is empty', plant: empty },
  binary: { is: 'is no text', plant: binary },
  prose: { is: 'is some other text', plant: prose },
  byteOrderMark: { is: 'begins with a byte order mark', plant: byteOrderMark },
  utf16: { is: 'is UTF-16', plant: utf16 },
  carriageReturns: { is: 'has other line ends', plant: carriageReturns },
  permissions: { is: 'can be read by others', plant: otherPermissions },
}

/** What every place does with a file that cannot be read. */
const UNREADABLE: Partial<Record<Kind, ErrorCode>> = {
  missing: 'FILE_UNREADABLE',
  folder: 'FILE_UNREADABLE',
  linkLoop: 'FILE_UNREADABLE',
  unreadable: 'FILE_UNREADABLE',
}

const everything = (code: ErrorCode): Partial<Record<Kind, ErrorCode>> => ({
  empty: code,
  binary: code,
  prose: code,
  byteOrderMark: code,
  utf16: code,
})

interface Place {
  /** What the file is to the user. */
  readonly file: string
  readonly path: string
  readonly words: readonly string[]
  /** Absent kinds are in order there. */
  readonly codes: Partial<Record<Kind, ErrorCode>>
  readonly shown?: 'verdict'
  /** Where reading ends; sizes above are refused. */
  readonly maxBytes?: number
  readonly prepare?: Plant
  readonly names?: string
}

const POLICY = '.colophon/trust/trust-policy.json'
const ASK = ['--context', 'x', '--input', 'y', '--out', 'new.txt']

const PLACES: readonly Place[] = [
  {
    file: 'a declaration',
    path: 'declaration.yaml',
    words: ['declare', 'declaration.yaml'],
    codes: {
      ...UNREADABLE,
      empty: 'DECLARATION_MALFORMED',
      binary: 'DECLARATION_MALFORMED',
      prose: 'DECLARATION_MALFORMED',
      utf16: 'DECLARATION_MALFORMED',
    },
    maxBytes: 262_144,
  },
  {
    file: 'the declaration of a run',
    path: 'declaration.yaml',
    words: ['run', 'declaration.yaml', ...ASK],
    codes: UNREADABLE,
  },
  {
    file: 'the declaration that was agreed on',
    path: 'declaration.yaml',
    words: ['verify', 'answer.txt', '--declaration', 'declaration.yaml'],
    codes: UNREADABLE,
  },
  {
    file: 'a file with the question',
    path: 'question.txt',
    words: ['run', 'declaration.yaml', '--context', 'x', '--input-file', 'question.txt'],
    codes: { ...UNREADABLE, binary: 'USAGE', utf16: 'USAGE' },
    maxBytes: 4 << 20,
  },
  {
    file: 'a file with a passage',
    path: 'passage.txt',
    words: ['run', 'declaration.yaml', '--input', 'x', '--context-file', 'passage.txt'],
    codes: { ...UNREADABLE, binary: 'USAGE', utf16: 'USAGE' },
    maxBytes: 4 << 20,
  },
  { file: 'an answer', path: 'answer.txt', words: ['verify', 'answer.txt'], codes: UNREADABLE, maxBytes: 256 << 20 },
  {
    file: 'an answer',
    path: 'answer.txt',
    words: ['verify', 'answer.txt', '--trust', POLICY],
    codes: { ...everything('OUTPUT_MISMATCH'), carriageReturns: 'OUTPUT_MISMATCH' },
    shown: 'verdict',
  },
  {
    file: 'a record',
    path: 'answer.txt.sigstore.json',
    words: ['verify', 'answer.txt'],
    codes: { ...UNREADABLE, missing: 'RECORD_NOT_FOUND' },
    maxBytes: 64 << 20,
  },
  {
    file: 'a record',
    path: 'answer.txt.sigstore.json',
    words: ['verify', 'answer.txt'],
    codes: everything('BUNDLE_MALFORMED'),
    shown: 'verdict',
  },
  {
    file: 'a record that is named',
    path: 'answer.txt.sigstore.json',
    words: ['verify', '--record', 'answer.txt.sigstore.json'],
    codes: { ...UNREADABLE, missing: 'RECORD_NOT_FOUND' },
  },
  {
    file: 'a disclosure that is named',
    path: 'answer.txt.disclosure.json',
    words: ['verify', 'answer.txt', '--disclosure', 'answer.txt.disclosure.json'],
    codes: UNREADABLE,
    maxBytes: 160 << 20,
  },
  {
    file: 'a disclosure',
    path: 'answer.txt.disclosure.json',
    words: ['verify', 'answer.txt'],
    codes: { ...UNREADABLE, missing: undefined } as never,
  },
  {
    file: 'a disclosure',
    path: 'answer.txt.disclosure.json',
    words: ['verify', 'answer.txt'],
    codes: everything('DISCLOSURE_MALFORMED'),
    shown: 'verdict',
  },
  {
    file: 'a trust policy',
    path: POLICY,
    words: ['verify', 'answer.txt', '--trust', POLICY],
    codes: { ...UNREADABLE, ...everything('TRUST_POLICY_MALFORMED') },
    maxBytes: 2 << 20,
  },
  {
    file: 'a trust policy',
    path: POLICY,
    words: ['trust', 'show', POLICY],
    codes: { ...UNREADABLE, ...everything('TRUST_POLICY_MALFORMED') },
  },
  {
    file: 'a trust policy to add',
    path: POLICY,
    words: ['trust', 'add', POLICY, '--to', 'mine.json'],
    codes: { ...UNREADABLE, ...everything('TRUST_POLICY_MALFORMED') },
  },
  {
    file: 'a record to explain',
    path: 'answer.txt.sigstore.json',
    words: ['explain', 'answer.txt'],
    codes: { ...UNREADABLE, missing: 'RECORD_NOT_FOUND' },
  },
  {
    file: 'a record to compare',
    path: 'other.txt.sigstore.json',
    words: ['diff', 'answer.txt', 'other.txt'],
    names: 'other.txt',
    codes: { ...UNREADABLE, missing: 'RECORD_NOT_FOUND', ...everything('BUNDLE_MALFORMED') },
  },
  {
    file: 'a record to disclose',
    path: 'answer.txt.sigstore.json',
    words: ['disclose', 'answer.txt', '--all', '--to', 'new.json'],
    codes: { ...UNREADABLE, missing: 'RECORD_NOT_FOUND', ...everything('BUNDLE_MALFORMED') },
    maxBytes: 64 << 20,
  },
  {
    file: 'the store of a run to disclose',
    path: '.colophon/store.sqlite',
    words: ['disclose', 'answer.txt', '--all', '--to', 'new.json'],
    codes: { pipe: 'STORE_FAILED', missing: 'STORE_MISSING', empty: 'STORE_MISSING', binary: 'STORE_DAMAGED' },
  },
  {
    file: 'an age identity',
    path: 'auditor.key',
    words: ['verify', 'answer.txt', '--identity', 'auditor.key'],
    codes: { pipe: 'FILE_UNREADABLE', ...UNREADABLE, ...everything('KEY_MALFORMED'), permissions: 'KEY_PERMISSIONS' },
  },
  {
    file: 'a model',
    path: 'model.gguf',
    words: ['host', '--port', '0', '--model', 'model.gguf'],
    codes: { ...UNREADABLE, ...everything('MODEL_MALFORMED') },
    maxBytes: 2 ** 30,
  },
  {
    file: 'the configuration',
    path: '.colophon/config.json',
    words: ['run', 'declaration.yaml', ...ASK],
    names: '.colophon',
    codes: { pipe: 'FILE_UNREADABLE', ...UNREADABLE, missing: 'STORE_MISSING', ...everything('CONFIG_MALFORMED') },
    maxBytes: 65_536,
  },
  {
    file: "the issuer's key",
    path: '.colophon/keys/issuer.pem',
    words: ['run', 'declaration.yaml', ...ASK],
    codes: { pipe: 'FILE_UNREADABLE', ...UNREADABLE, ...everything('KEY_MALFORMED'), permissions: 'KEY_PERMISSIONS' },
  },
  {
    file: "the log's key",
    path: '.colophon/keys/log.pem',
    words: ['declare', 'declaration.yaml'],
    codes: { pipe: 'FILE_UNREADABLE', ...UNREADABLE, ...everything('KEY_MALFORMED'), permissions: 'KEY_PERMISSIONS' },
  },
  {
    file: 'the token',
    path: '.colophon/token',
    words: ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0'],
    codes: { pipe: 'FILE_UNREADABLE', ...UNREADABLE, ...everything('KEY_MALFORMED'), permissions: 'KEY_PERMISSIONS' },
  },
  {
    file: 'the store',
    path: '.colophon/store.sqlite',
    words: ['run', 'declaration.yaml', ...ASK],
    codes: {
      pipe: 'STORE_FAILED',
      missing: 'STORE_MISSING',
      empty: 'STORE_MISSING',
      folder: 'STORE_FAILED',
      linkLoop: 'STORE_MISSING',
      unreadable: 'STORE_FAILED',
      prose: 'STORE_DAMAGED',
      binary: 'STORE_DAMAGED',
    },
  },
  {
    file: 'the head store',
    path: '.colophon/head.sqlite',
    words: ['run', 'declaration.yaml', ...ASK],
    codes: {
      pipe: 'STORE_FAILED',
      missing: 'LOG_HEAD_MISSING',
      empty: 'LOG_HEAD_MISSING',
      folder: 'STORE_FAILED',
      linkLoop: 'LOG_HEAD_MISSING',
      unreadable: 'STORE_FAILED',
      prose: 'STORE_DAMAGED',
      binary: 'STORE_DAMAGED',
    },
  },
]

/** What a place has before it is spoiled, where an issuer's folder has nothing there. */
const BEFORE: Readonly<Record<string, (path: string) => Plant>> = {
  'question.txt': prose,
  'passage.txt': prose,
  'model.gguf': prose,
  'auditor.key': prose,
  'other.txt.sigstore.json': () =>
    all(copy('answer.txt', 'other.txt'), copy('answer.txt.sigstore.json', 'other.txt.sigstore.json')),
}

export const FILE_ROWS: readonly BadInput[] = PLACES.flatMap((place) => [
  ...Object.entries(place.codes).flatMap(([kind, code]) =>
    code === undefined ? [] : [rowOf(place, kind as Kind, code)],
  ),
  ...(place.maxBytes === undefined
    ? []
    : [
        {
          what: `${place.file} is larger than ${place.maxBytes} bytes`,
          words: place.words,
          plant: huge(place.path, place.maxBytes + 1),
          code: 'FILE_TOO_LARGE',
          names: place.path,
        } as const,
      ]),
])

function rowOf(
  { file, path, words, shown, names = shown === undefined ? path : '' }: Place,
  kind: Kind,
  code: ErrorCode,
): BadInput {
  const { is, plant } = KINDS[kind]
  return {
    what: `${file} ${is}`,
    words,
    plant: (root) => {
      BEFORE[path]?.(path)(root)
      plant(path)(root)
    },
    code,
    names,
    ...(shown === undefined ? {} : { shown }),
    ...(kind === 'unreadable' ? { asNobody: true } : {}),
  }
}
