/**
 * Vectors of cut lists that are refused, and of those that just are not (`docs/spec/spans.md`, "Cut list"). How bodies
 * are cut by good ones is in `cut.ts`.
 *
 * @module
 */
import { entryText, wholeOf } from './cut-list-entries.ts'
import type { Parts } from './parts.ts'
import { type CutListInput as In, OPERATIONS, runCutList } from './run/cut-list.ts'
import type { Case, Topic } from './topic.ts'

const RULE = 'docs/spec/spans.md#cut-list'
const REFUSED = { reject: 'CUT_LIST_MALFORMED' } as const

type Passage = Parameters<typeof entryText>[0]

const POINTER = '/messages/0/content'
const passage = ({ pointer = POINTER, start = 0, end = 1, label = 'x', ...more }: Passage = {}): string =>
  entryText({ pointer, start, end, label, ...more })
const list = (...passages: readonly Passage[]): string => `[${passages.map(passage).join()}]`

/** Passages without a place. */
const unplaced = (...entries: readonly Passage[]): string =>
  `[${entries.map((entry) => entryText({ label: 'x', whole: DIGEST, ...entry })).join()}]`
const SHA256 = 'ab'.repeat(32)
const DIGEST = { sha256: SHA256 }
const WHOLE = { length: 1, sha256: SHA256 }

const read = (name: string, cutListText: Parts, passages: number): Case<In> => {
  return { name, rule: RULE, operation: 'read', cutListText, accept: { passages } }
}
const unread = (name: string, cutListText: Parts): Case<In> => {
  return { name, rule: RULE, operation: 'read', cutListText, ...REFUSED }
}

/** 1,000 passages of one byte each, one beside the other. */
const many = (count: number): string =>
  list(...Array.from({ length: count }, (_, index) => ({ pointer: '', start: index, end: index + 1, label: '' })))

const READ: readonly Case<In>[] = [
  read('no-passages', '[]', 0),
  read('one-passage', list({}), 1),
  read('passages-side-by-side', list({ end: 5 }, { start: 5, end: 6 }), 2),
  read('sorted-by-utf-16', list({ pointer: '/\u{1f600}' }, { pointer: '/\ufb33' }), 2),
  read('pointer-of-the-whole', list({ pointer: '' }), 1),
  read('pointer-with-escapes', list({ pointer: '/a~0b~1c' }), 1),
  read('pointer-of-1024', list({ pointer: `/${'x'.repeat(1023)}` }), 1),
  read('label-of-256', list({ label: 'é'.repeat(256) }), 1),
  read('label-that-is-empty', list({ label: '' }), 1),
  read('place-of-2-to-the-53-less-1', list({ end: 9007199254740991 }), 1),
  read('1000-passages', many(1000), 1000),
  read('version-and-rank', list({ version: 'v'.repeat(256), rank: 9007199254740991 }), 1),
  read('version-that-is-empty', list({ version: '', rank: 0 }), 1),
  read('whole-of-one-byte', list({ whole: WHOLE }), 1),
  read('whole-of-2-to-the-53-less-1', list({ whole: { length: 9007199254740991, sha256: SHA256 } }), 1),
  read('unplaced-with-and-without-length', unplaced({ version: 'v', rank: 1 }, { label: 'y', whole: WHOLE }), 2),
  read('unplaced-twice', unplaced({}, {}), 2),
  read('unplaced-sorted-by-utf-16', unplaced({ label: '\u{1f600}' }, { label: '\ufb33' }), 2),
  read('unplaced-of-one-label-by-digest', unplaced({ whole: { sha256: '0'.repeat(64) } }, {}), 2),
  read('unplaced-of-one-label-and-digest-with-and-without-length', unplaced({ whole: WHOLE }, {}, { whole: WHOLE }), 3),
  read('unplaced-after-a-passage', `[${passage()},${unplaced({ label: 'a' }).slice(1)}`, 2),

  unread('nothing', ''),
  unread('an-object', '{}'),
  unread('not-json', '['),
  unread('passage-that-is-a-text', '["x"]'),
  unread('1001-passages', many(1001)),
  unread('white-space', `[ ${passage()}]`),
  unread('newline-after', '[]\n'),
  unread('byte-order-mark', '\ufeff[]'),
  unread('members-in-another-order', '[{"start":0,"end":1,"label":"x","pointer":"/a"}]'),
  unread('escape-that-is-not-canonical', list({ label: '/' }).replace('"label":"/"', '"label":"\\/"')),
  unread('number-that-is-not-canonical', list({ end: 10 }).replace('10', '1e1')),
  unread('member-twice', list({}).replace('"end":1', '"end":1,"end":1')),
  unread('without-label', '[{"end":1,"pointer":"/a","start":0}]'),
  unread('without-end', '[{"label":"x","pointer":"/a","start":0}]'),
  unread('unknown-member', '[{"end":1,"kind":"x","label":"x","pointer":"/a","start":0}]'),
  unread('start-that-is-a-text', list({ start: '0' })),
  unread('start-that-is-negative', list({ start: -1 })),
  unread('end-with-a-fraction', list({ end: 1.5 })),
  unread('end-of-2-to-the-53', list({ end: 9007199254740992 })),
  unread('label-that-is-null', list({ label: null })),
  unread('label-of-257', list({ label: 'x'.repeat(257) })),
  unread('pointer-of-1025', list({ pointer: `/${'x'.repeat(1024)}` })),
  unread('pointer-without-slash', list({ pointer: 'messages' })),
  unread('pointer-with-a-tilde-alone', list({ pointer: '/a~' })),
  unread('pointer-with-another-escape', list({ pointer: '/a~2' })),
  unread('passage-of-nothing', list({ start: 1, end: 1 })),
  unread('passage-backwards', list({ start: 2, end: 1 })),
  unread('passages-that-overlap', list({ end: 5 }, { start: 4, end: 6 })),
  unread('passage-within-another', list({ end: 5 }, { start: 1, end: 2 })),
  unread('passage-twice', list({}, {})),
  unread('passages-not-sorted-by-place', list({ start: 5, end: 6 }, { end: 1 })),
  unread('passages-not-sorted-by-pointer', list({ pointer: '/b' }, { pointer: '/a' })),
  unread('version-of-257', list({ version: 'v'.repeat(257) })),
  unread('version-that-is-null', list({ version: null })),
  unread('rank-that-is-negative', list({ rank: -1 })),
  unread('rank-with-a-fraction', list({ rank: 0.5 })),
  unread('rank-that-is-a-text', list({ rank: '0' })),
  unread('rank-of-2-to-the-53', list({ rank: 9007199254740992 })),
  unread('whole-that-is-null', list({ whole: null })),
  unread('whole-that-is-a-digest', list({ whole: SHA256 })),
  unread('whole-without-length', list({ whole: DIGEST })),
  unread('whole-without-digest', list({ whole: { length: 1 } })),
  unread('whole-of-nothing', list({ whole: { length: 0, sha256: SHA256 } })),
  unread('whole-with-a-digest-in-upper-case', list({ whole: { length: 1, sha256: 'AB'.repeat(32) } })),
  unread('whole-with-a-digest-of-31-bytes', list({ whole: { length: 1, sha256: 'ab'.repeat(31) } })),
  unread('whole-with-an-unknown-member', list({ whole: { length: 1, sha256: SHA256, text: 'x' } })),
  unread('unplaced-without-label', unplaced({ label: undefined })),
  unread('unplaced-without-whole', unplaced({ whole: undefined })),
  unread('unplaced-without-digest', unplaced({ whole: { length: 1 } })),
  unread('unplaced-of-no-bytes', unplaced({ whole: { length: 0, sha256: SHA256 } })),
  unread('unplaced-with-a-start', unplaced({ start: 0 })),
  unread('unplaced-with-an-end', unplaced({ end: 1 })),
  unread('unplaced-with-a-pointer-that-is-null', unplaced({ pointer: null })),
  unread('unplaced-before-a-passage', `${unplaced({ label: 'a' }).slice(0, -1)},${passage()}]`),
  unread('unplaced-not-sorted-by-label', unplaced({ label: 'y' }, {})),
  unread('unplaced-not-sorted-by-digest', unplaced({}, { whole: { sha256: '0'.repeat(64) } })),
  unread('unplaced-sorted-by-code-point', unplaced({ label: '\ufb33' }, { label: '\u{1f600}' })),
  unread('unplaced-1001', unplaced(...Array.from({ length: 1001 }, () => ({})))),
  unread('passages-sorted-by-code-point', list({ pointer: '/\ufb33' }, { pointer: '/\u{1f600}' })),
]

const CHAT = 'openai-chat-completions/1'

interface Applied {
  readonly bodyText: string
  readonly cuts: string
  readonly contentType?: string
  readonly dialect?: string
}

const body = (content: string, author = 'user'): string =>
  `{"messages":[{"role":"${author}","content":${content}}],"user":"x"}`
const applied = (name: string, { cuts, dialect = CHAT, ...more }: Applied, leaves: number): Case<In> => {
  return { name, rule: RULE, operation: 'apply', dialect, ...more, cutListText: cuts, accept: { leaves } }
}
const misplaced = (name: string, { cuts, dialect = CHAT, ...more }: Applied): Case<In> => {
  return { name, rule: RULE, operation: 'apply', dialect, ...more, cutListText: cuts, ...REFUSED }
}
/** One passage in the content of one message, which is a JSON string without its quotes. */
const inside = (name: string, content: string, start: number, end: number): Case<In> =>
  misplaced(name, { bodyText: body(`"${content}"`), cuts: list({ start, end }) })

const APPLIED: readonly Case<In>[] = [
  applied('passage-up-to-the-end', { bodyText: body('"abc"'), cuts: list({ start: 1, end: 3 }) }, 6),
  applied('list-of-nothing-for-an-opaque-body', { bodyText: '[]', cuts: '[]' }, 1),
  applied(
    'passage-of-characters',
    { bodyText: body('"aé€😀\\n\\ud83d\\ude00"'), cuts: list({ start: 1, end: 24 }) },
    6,
  ),

  applied('whole-passage', { bodyText: body('"abc"'), cuts: list({ start: 1, end: 3, whole: wholeOf('bc') }) }, 6),
  applied('beginning-of-a-passage', { bodyText: body('"abc"'), cuts: list({ end: 3, whole: wholeOf('abcd') }) }, 5),
  applied('unplaced-passages-in-an-opaque-body', { bodyText: '[]', cuts: unplaced({}) }, 1),
  applied(
    'unplaced-passages-in-a-body-of-another-type',
    { contentType: 'text/plain', bodyText: '{}', cuts: unplaced({}) },
    1,
  ),
  misplaced('place-of-another-text', { bodyText: body('"abc"'), cuts: list({ end: 3, whole: wholeOf('abd') }) }),
  misplaced('place-of-more-than-the-passage', {
    bodyText: body('"abc"'),
    cuts: list({ end: 3, whole: wholeOf('ab') }),
  }),
  misplaced('one-of-two-places-holds-another-text', {
    bodyText: body('"abc"'),
    cuts: list({ whole: wholeOf('a') }, { start: 1, end: 2, whole: wholeOf('c') }),
  }),
  inside('end-beyond-the-string', 'abc', 1, 4),
  inside('start-beyond-the-string', 'abc', 7, 9),
  inside('passage-in-an-empty-string', '', 0, 1),
  inside('start-within-two-bytes', 'aéb', 2, 4),
  inside('end-within-two-bytes', 'aéb', 0, 2),
  inside('end-within-three-bytes', '€', 0, 2),
  inside('end-within-four-bytes', '😀', 0, 3),
  inside('end-after-a-backslash', 'a\\n', 0, 2),
  inside('start-after-a-backslash', '\\\\b', 1, 2),
  inside('end-within-an-escape-of-four-digits', '\\u00e9', 0, 5),
  inside('end-between-the-halves-of-a-pair', '\\ud83d\\ude00', 0, 6),
  inside('start-between-the-halves-of-a-pair', '\\uD83D\\uDE00b', 6, 13),
  inside('end-within-the-second-half-of-a-pair', '\\ud83d\\ude00', 0, 11),
  misplaced('pointer-to-nothing', { bodyText: body('"abc"'), cuts: list({ pointer: '/messages/1/content' }) }),
  misplaced('pointer-to-the-message', { bodyText: body('"abc"'), cuts: list({ pointer: '/messages/0' }) }),
  misplaced('pointer-to-a-parameter', { bodyText: body('"abc"'), cuts: list({ pointer: '/user' }) }),
  misplaced('pointer-to-the-author', { bodyText: body('"abc"'), cuts: list({ pointer: '/messages/0/role' }) }),
  misplaced('pointer-to-a-tool', { bodyText: '{"tools":["abc"]}', cuts: list({ pointer: '/tools/0' }) }),
  misplaced('pointer-to-the-model', { bodyText: '{"model":"abc"}', cuts: list({ pointer: '/model' }) }),
  misplaced('pointer-to-a-number', { bodyText: body('123'), cuts: list({}) }),
  misplaced('pointer-to-a-string-within-a-value', {
    bodyText: body('[{"type":"image_url","image_url":{"url":"data:abc"}}]'),
    cuts: list({ pointer: '/messages/0/content/0/image_url/url' }),
  }),
  misplaced('pointer-into-a-message-of-an-unknown-author', { bodyText: body('"abc"', 'x'), cuts: list({}) }),
  misplaced('pointer-with-a-leading-zero', {
    bodyText: body('"abc"'),
    cuts: list({ pointer: '/messages/00/content' }),
  }),
  misplaced('one-of-two-passages-does-not-apply', {
    bodyText: body('"abc"'),
    cuts: list({}, { pointer: '/messages/1/content' }),
  }),
  misplaced('passage-in-a-body-of-another-type', {
    contentType: 'text/plain',
    bodyText: body('"abc"'),
    cuts: list({}),
  }),
  misplaced('passage-in-a-body-that-is-not-read', { bodyText: `${body('"abc"')},`, cuts: list({}) }),
  misplaced('passage-for-the-opaque-dialect', { dialect: 'opaque/1', bodyText: body('"abc"'), cuts: list({}) }),
]

export const cutList: Topic<In> = {
  topic: 'cut-list',
  spec: 'docs/spec/spans.md',
  about: 'Cut lists, read by themselves and applied to bodies of requests.',
  operations: OPERATIONS,
  cases: [...READ, ...APPLIED],
  run: runCutList,
}
