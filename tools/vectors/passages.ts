/**
 * Vectors of named passages (`docs/spec/spans.md`, "Named passages" and "Finding passages"): what became of each, and where
 * they are found. Digests by Node, places by hand.
 *
 * @module
 */
import { entryText, sha256Of, wholeOf } from './cut-list-entries.ts'
import { type PassagesInput as In, type Named, OPERATIONS, runPassages } from './run/passages.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/spans.md#cut-list'
const CHAT = '/v1/chat/completions'
const CONTENT = '/messages/0/content'

/** A question, as it stands between the quotes. */
const question = (content: string): string => `{"messages":[{"role":"user","content":"${content}"}]}`

type Entry = Parameters<typeof entryText>[0]
const list = (...entries: readonly Entry[]): string => `[${entries.map(entryText).join()}]`

const fates = (name: string, bodyText: string, entries: readonly Entry[], ...passages: readonly Value[]): Case<In> => ({
  name: `fate-${name}`,
  rule: RULE,
  operation: 'fates',
  path: CHAT,
  bodyText,
  cutListText: list(...entries),
  accept: { passages },
})

const at = (start: number, end: number, more: Entry = {}): Entry => ({
  pointer: CONTENT,
  start,
  end,
  label: 'p',
  ...more,
})
const LAMP = 'The lamp.'

const FATES: readonly Case<In>[] = [
  fates('none', question(LAMP), []),
  fates('placed', question(LAMP), [at(0, 9)], { label: 'p', state: 'placed' }),
  fates('placed-with-version-and-rank', question(LAMP), [at(4, 8, { version: '2', rank: 7 })], {
    label: 'p',
    version: '2',
    rank: 7,
    state: 'placed',
  }),
  fates('whole', question(LAMP), [at(0, 9, { whole: wholeOf(LAMP) })], { label: 'p', state: 'whole' }),
  fates('whole-of-one-character', question('é'), [at(0, 2, { whole: wholeOf('é') })], { label: 'p', state: 'whole' }),
  fates('whole-is-decoded', question('a\\u00e9\\ud83d\\ude00\\n\\/'), [at(1, 23, { whole: wholeOf('é😀\n/') })], {
    label: 'p',
    state: 'whole',
  }),
  fates('truncated', question(LAMP), [at(0, 8, { whole: wholeOf(LAMP) })], {
    label: 'p',
    state: 'truncated',
    length: 8,
    of: 9,
  }),
  fates('truncated-of-which-nobody-can-tell-the-text', question(LAMP), [at(4, 8, { whole: wholeOf('another text') })], {
    label: 'p',
    state: 'truncated',
    length: 4,
    of: 12,
  }),
  fates('truncated-counts-decoded-bytes', question('\\u00e9\\u00e9'), [at(0, 6, { whole: wholeOf('éé') })], {
    label: 'p',
    state: 'truncated',
    length: 2,
    of: 4,
  }),
  fates('missing', question(LAMP), [{ label: 'p', whole: wholeOf('The door.') }], { label: 'p', state: 'missing' }),
  fates('missing-and-there', question(LAMP), [{ label: 'p', whole: wholeOf(LAMP) }], { label: 'p', state: 'missing' }),
  fates('unlocated', question(LAMP), [{ label: 'p', rank: 0, whole: { sha256: sha256Of(LAMP) } }], {
    label: 'p',
    rank: 0,
    state: 'unlocated',
  }),
  fates(
    'unplaced-in-a-body-that-is-not-read',
    '[]',
    [
      { label: 'p', whole: wholeOf('a') },
      { label: 'q', whole: { sha256: sha256Of('a') } },
    ],
    { label: 'p', state: 'missing' },
    { label: 'q', state: 'unlocated' },
  ),
  fates(
    'of-every-kind-in-the-order-of-the-list',
    question('The lamp. The door.'),
    [
      at(0, 9, { label: 'c', whole: wholeOf(LAMP) }),
      at(10, 14, { label: 'b', whole: wholeOf('The chair.') }),
      at(15, 18, { label: 'a' }),
      { label: 'd', whole: wholeOf('The hall.') },
      { label: 'd', version: '1', whole: { sha256: 'f'.repeat(64) } },
    ],
    { label: 'c', state: 'whole' },
    { label: 'b', state: 'truncated', length: 4, of: 10 },
    { label: 'a', state: 'placed' },
    { label: 'd', state: 'missing' },
    { label: 'd', version: '1', state: 'unlocated' },
  ),
]

const found = (
  name: string,
  bodyText: string,
  passages: readonly Named[],
  entries: readonly Entry[],
  path = CHAT,
): Case<In> => ({
  name: `find-${name}`,
  rule: RULE,
  operation: 'find',
  path,
  bodyText,
  passages,
  accept: { cutListText: list(...entries) },
})
/** One text, which is called `p`. */
const one = (name: string, content: string, text: string, ...entries: readonly Entry[]): Case<In> =>
  found(name, question(content), [{ label: 'p', text }], entries)
/** Where all of a text stands. */
const all = (start: number, end: number, text: string, label = 'p'): Entry =>
  at(start, end, { label, whole: wholeOf(text) })
const missing = (text: string, label = 'p'): Entry => ({ label, whole: wholeOf(text) })
const unlocated = (text: string, label = 'p'): Entry => ({ label, whole: { sha256: sha256Of(text) } })

const LONG = 'The red lamp costs 12 euros and stands in the hall.'
const WIDE = '😀'.repeat(20)

const FOUND: readonly Case<In>[] = [
  found('none', question(LAMP), [], []),
  one('whole', `Context: ${LAMP} Price?`, LAMP, all(9, 18, LAMP)),
  one('the-whole-string', LAMP, LAMP, all(0, 9, LAMP)),
  one('across-escapes', 'x\\u0054he\\tl\\u00e4mp\\/😀y', 'The\tlämp/😀', all(1, 26, 'The\tlämp/😀')),
  one('a-pair-of-escapes', 'x\\ud83d\\ude00\\uD83D\\uDE00y', '😀', all(1, 13, '😀')),
  one('the-first-of-two-places', 'lamp, lamp', 'lamp', all(0, 4, 'lamp')),
  found(
    'the-same-text-three-times',
    question('lamp, lamp'),
    [
      { label: 'a', text: 'lamp' },
      { label: 'b', text: 'lamp' },
      { label: 'c', text: 'lamp' },
    ],
    [all(0, 4, 'lamp', 'a'), all(6, 10, 'lamp', 'b'), unlocated('lamp', 'c')],
  ),
  found(
    'side-by-side',
    question('abcd'),
    [
      { label: 'b', text: 'cd' },
      { label: 'a', text: 'ab' },
    ],
    [all(0, 2, 'ab', 'a'), all(2, 4, 'cd', 'b')],
  ),
  found(
    'that-overlap',
    question('abcd'),
    [
      { label: 'a', text: 'abc' },
      { label: 'b', text: 'bcd' },
    ],
    [all(0, 3, 'abc', 'a'), unlocated('bcd', 'b')],
  ),
  found(
    'one-inside-another',
    question('abcd'),
    [
      { label: 'a', text: 'abcd' },
      { label: 'b', text: 'bc' },
    ],
    [all(0, 4, 'abcd', 'a'), unlocated('bc', 'b')],
  ),
  found(
    'the-outer-one-named-last',
    question('abcd'),
    [
      { label: 'a', text: 'bc' },
      { label: 'b', text: 'abcd' },
    ],
    [all(1, 3, 'bc', 'a'), unlocated('abcd', 'b')],
  ),
  found(
    'inside-another-and-elsewhere',
    question('abcd, bc'),
    [
      { label: 'a', text: 'abcd' },
      { label: 'b', text: 'bc' },
    ],
    [all(0, 4, 'abcd', 'a'), all(6, 8, 'bc', 'b')],
  ),
  found(
    'with-version-and-rank',
    question('x'),
    [
      { label: 'p', version: '3', rank: 0, text: 'x' },
      { label: 'q', rank: 1, text: 'y' },
    ],
    [
      { ...all(0, 1, 'x'), version: '3', rank: 0 },
      { ...missing('y', 'q'), rank: 1 },
    ],
  ),
  found('by-digest-alone', question(LAMP), [{ label: 'p', sha256: sha256Of(LAMP) }], [unlocated(LAMP)]),
  one('missing', 'x', LAMP, missing(LAMP)),
  one('of-another-case', LAMP.toUpperCase(), LAMP, missing(LAMP)),
  one('with-another-space', 'The  lamp.', LAMP, missing(LAMP)),
  one('not-normalized', 'e\u0301', '\u00e9', missing('\u00e9')),
  one('truncated', `Context: ${LONG.slice(0, 40)}… Price?`, LONG, at(9, 49, { whole: wholeOf(LONG) })),
  one('truncated-at-32', LONG.slice(0, 32), LONG, at(0, 32, { whole: wholeOf(LONG) })),
  one('truncated-at-31-is-missing', LONG.slice(0, 31), LONG, missing(LONG)),
  one(
    'the-longest-beginning',
    `${LONG.slice(0, 33)}# ${LONG.slice(0, 40)}# ${LONG.slice(0, 36)}`,
    LONG,
    at(35, 75, { whole: wholeOf(LONG) }),
  ),
  one('the-end-alone-is-missing', LONG.slice(5), LONG, missing(LONG)),
  one('truncated-counts-utf-16', WIDE.slice(0, 32), WIDE, at(0, 64, { whole: wholeOf(WIDE) })),
  one(
    'truncated-at-half-a-pair',
    `${'x'.repeat(33)}\ud83d\ude01`,
    `${'x'.repeat(33)}\ud83d\ude00`,
    at(0, 33, { whole: wholeOf(`${'x'.repeat(33)}\ud83d\ude00`) }),
  ),
  one(
    'truncated-at-half-a-pair-that-is-the-32nd',
    `${'x'.repeat(31)}\ud83d\ude01`,
    `${'x'.repeat(31)}\ud83d\ude00`,
    missing(`${'x'.repeat(31)}\ud83d\ude00`),
  ),
  found(
    'a-beginning-that-is-taken',
    question(LONG.slice(0, 40)),
    [
      { label: 'a', text: LONG.slice(0, 35) },
      { label: 'b', text: LONG },
    ],
    [all(0, 35, LONG.slice(0, 35), 'a'), unlocated(LONG, 'b')],
  ),
  found(
    'whole-inside-another-and-cut-short-elsewhere',
    question(`${LONG}! ${LONG.slice(0, 40)}`),
    [
      { label: 'a', text: `${LONG}!` },
      { label: 'b', text: LONG },
    ],
    [all(0, 52, `${LONG}!`, 'a'), unlocated(LONG, 'b')],
  ),
  found(
    'in-every-prompt',
    '{"messages":[{"role":"user","content":"a"},{"role":"tool","content":"b"},{"role":"system","content":[{"type":"text","text":"c"}]},{"role":"assistant","name":"d"},{"role":"user","content":"e"}]}',
    ['e', 'd', 'c', 'b', 'a'].map((text) => ({ label: text, text })),
    [
      { ...all(0, 1, 'a', 'a'), pointer: '/messages/0/content' },
      { ...all(0, 1, 'b', 'b'), pointer: '/messages/1/content' },
      { ...all(0, 1, 'c', 'c'), pointer: '/messages/2/content/0/text' },
      { ...all(0, 1, 'd', 'd'), pointer: '/messages/3/name' },
      { ...all(0, 1, 'e', 'e'), pointer: '/messages/4/content' },
    ],
  ),
  found(
    'in-the-order-of-the-body-and-the-list-by-pointer',
    `{"messages":[${'{"role":"user","content":"x"},'.repeat(2)}${'{"role":"user","content":"y"},'.repeat(8)}{"role":"user","content":"x"}]}`,
    [
      { label: 'a', text: 'x' },
      { label: 'b', text: 'x' },
      { label: 'c', text: 'x' },
      { label: 'd', text: 'y' },
    ],
    [
      { ...all(0, 1, 'x', 'a'), pointer: '/messages/0/content' },
      { ...all(0, 1, 'x', 'b'), pointer: '/messages/1/content' },
      { ...all(0, 1, 'x', 'c'), pointer: '/messages/10/content' },
      { ...all(0, 1, 'y', 'd'), pointer: '/messages/2/content' },
    ],
  ),
  found(
    'nowhere-but-in-prompts',
    '{"model":"lamp","user":"lamp","lamp":"lamp","tools":["lamp"],"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"lamp"}}]},{"role":"x","content":"lamp"}]}',
    [{ label: 'p', text: 'lamp' }],
    [missing('lamp')],
  ),
  found(
    'unplaced-ones-by-label-and-digest',
    question('x'),
    [
      { label: 'b', text: 'q' },
      { label: 'a', sha256: 'f'.repeat(64) },
      { label: 'a', sha256: '0'.repeat(64) },
      { label: '\ufb33', text: 'q' },
      { label: '😀', text: 'q' },
    ],
    [
      { label: 'a', whole: { sha256: '0'.repeat(64) } },
      { label: 'a', whole: { sha256: 'f'.repeat(64) } },
      missing('q', 'b'),
      missing('q', '😀'),
      missing('q', '\ufb33'),
    ],
  ),
  found('in-a-body-that-is-not-read', '["lamp"]', [{ label: 'p', text: 'lamp' }], [unlocated('lamp')]),
  found(
    'in-a-request-of-an-unknown-api',
    '{"input":"lamp"}',
    [{ label: 'p', text: 'lamp' }],
    [unlocated('lamp')],
    '/v1/audio/speech',
  ),
  found(
    'in-documents',
    '{"messages":[{"role":"user","content":[{"type":"document","title":"x","source":{"type":"text","media_type":"text/plain","data":"a lamp"}}]}]}',
    [
      { label: 'p', text: 'lamp' },
      { label: 'q', text: 'x' },
      { label: 'r', text: 'plain' },
    ],
    [
      { ...all(2, 6, 'lamp'), pointer: '/messages/0/content/0/source/data' },
      { ...all(0, 1, 'x', 'q'), pointer: '/messages/0/content/0/title' },
      missing('plain', 'r'),
    ],
    '/v1/messages',
  ),
  found(
    'in-an-input-that-is-a-text',
    '{"instructions":"a","input":"b lamp"}',
    [
      { label: 'p', text: 'lamp' },
      { label: 'q', text: 'a' },
    ],
    [
      { ...all(2, 6, 'lamp'), pointer: '/input' },
      { ...all(0, 1, 'a', 'q'), pointer: '/instructions' },
    ],
    '/v1/responses',
  ),
  found(
    'in-results-of-functions-that-are-texts',
    '{"contents":[{"parts":[{"functionResponse":{"response":"lamp"}},{"functionResponse":{"response":{"x":"door"}}}]}]}',
    [
      { label: 'p', text: 'lamp' },
      { label: 'q', text: 'door' },
    ],
    [{ ...all(0, 4, 'lamp'), pointer: '/contents/0/parts/0/functionResponse/response' }, missing('door', 'q')],
    '/models/m:generateContent',
  ),
]

export const passages: Topic<In> = {
  topic: 'passages',
  spec: 'docs/spec/spans.md',
  about:
    'Requests (`POST` to `path`, with the body `bodyText` and without a content type) and the passages that the application ' +
    'names. What became of a passage is its `label`, its `version` and `rank` where they are there, its `state`, and of a ' +
    'truncated one `length` and `of`. Refusals are in cut-list.',
  operations: OPERATIONS,
  cases: [...FATES, ...FOUND],
  run: runPassages,
}
