/**
 * Disclosure files, for `disclosure.ts`.
 *
 * @module
 */

import { BLIND, documentOf, type Members } from './declared.ts'
import { described } from './described.ts'
import { REQUEST, RESPONSE, RUN_ID, shown } from './example-message.ts'
import type { Parts } from './parts.ts'
import type { DisclosureInput as In } from './run/disclosure.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/disclosure.md#the-file'

const [LEAF = {}] = shown('request', REQUEST.slice(7))
const CLOSED = shown('request', REQUEST.slice(7), () => true)[0] ?? {}
const CONTENT = { role: 'model', name: 'model', encoding: 'text', value: 'tiny' }
const WHOLE: Members = {
  format: 'colophon/disclosure/v1',
  runId: RUN_ID,
  declaration: { document: documentOf(), contents: [CONTENT] },
  request: shown('request', REQUEST),
  response: shown('response', RESPONSE),
}
const text = (file: Members): string => JSON.stringify(file)
const SMALL: Members = { format: 'colophon/disclosure/v1', runId: RUN_ID }

interface Counts {
  readonly contents?: number
  readonly request?: number
  readonly response?: number
}

const read = (name: string, fileText: Parts, counts: Counts = {}): Case<In> => ({
  name,
  rule: RULE,
  operation: 'read',
  fileText: typeof fileText === 'string' ? described(fileText) : fileText,
  accept: { runId: RUN_ID, contents: null, request: null, response: null, ...counts },
})
const refused = (name: string, file: Members | string | Parts): Case<In> => {
  const isText = typeof file === 'string' || Array.isArray(file)
  const fileText = isText ? (file as Parts) : described(text(file as Members))
  return { name, rule: RULE, operation: 'read', fileText, reject: 'DISCLOSURE_MALFORMED' }
}
const withLeaf = (leaf: Value): Members => ({ ...SMALL, request: [leaf] })
const changed = (name: string, change: Members): Case<In> => refused(`leaf-${name}`, withLeaf({ ...LEAF, ...change }))
const changedClosed = (name: string, change: Members): Case<In> =>
  refused(`closed-leaf-${name}`, withLeaf({ ...CLOSED, ...change }))
const withContent = (change: Members): Members => ({
  ...SMALL,
  declaration: { document: documentOf(), contents: [{ ...CONTENT, ...change }] },
})
const PRIVATE = documentOf({}, { privacy: 'private' })
const withDocument = (document: Members): Members => ({ ...SMALL, declaration: { document, contents: [] } })

export const FILES: readonly Case<In>[] = [
  read('whole', text(WHOLE), { contents: 1, request: REQUEST.length, response: RESPONSE.length }),
  read('in-another-form', JSON.stringify(WHOLE, undefined, 3).replace('"format"', '"form\\u0061t"'), {
    contents: 1,
    request: REQUEST.length,
    response: RESPONSE.length,
  }),
  read('of-nothing', text(SMALL)),
  read('of-a-request-only', text({ ...SMALL, request: shown('request', REQUEST) }), { request: REQUEST.length }),
  read('of-no-leaves', text({ ...SMALL, request: [] }), { request: 0 }),
  read('of-a-private-declaration', text(withDocument(PRIVATE)), { contents: 0 }),
  read('leaf-in-base64', text(withLeaf({ ...LEAF, text: undefined, base64: 'InRpbnki' })), { request: 1 }),
  read('leaf-of-no-bytes', text(withLeaf({ ...LEAF, text: '' })), { request: 1 }),
  read('leaf-that-is-closed', text(withLeaf(CLOSED)), { request: 1 }),
  read('leaf-with-a-pointer-of-65536', text(withLeaf({ ...LEAF, pointer: 'x'.repeat(65536) })), { request: 1 }),
  read('leaf-with-any-role-of-64', text(withLeaf({ ...LEAF, role: 'x'.repeat(64) })), { request: 1 }),

  refused('no-json', ''),
  refused('a-list', '[]'),
  refused('byte-order-mark', `\ufeff${text(SMALL)}`),
  refused('something-after-it', `${text(SMALL)}{}`),
  refused('member-twice', text(SMALL).replace('"runId"', `"runId":"${RUN_ID}","runId"`)),
  refused('half-a-surrogate-pair', text(withLeaf({ ...LEAF, text: '#' })).replace('#', '\\ud800')),
  refused('without-format', { ...SMALL, format: undefined }),
  refused('another-version', { ...SMALL, format: 'colophon/disclosure/v2' }),
  refused('without-run-id', { ...SMALL, runId: undefined }),
  refused('run-id-too-short', { ...SMALL, runId: RUN_ID.slice(2) }),
  refused('run-id-in-uppercase', { ...SMALL, runId: RUN_ID.toUpperCase() }),
  refused('unknown-member', { ...SMALL, secret: '04'.repeat(32) }),
  refused('request-null', { ...SMALL, request: null }),
  refused('request-that-is-an-object', { ...SMALL, request: {} }),
  refused('leaf-that-is-a-text', { ...SMALL, request: ['x'] }),
  refused('260001-leaves', [text({ ...SMALL, request: [] }).slice(0, -2), '0', { repeat: ',0', times: 260000 }, ']}']),
  changed('without-kind', { kind: undefined }),
  changed('of-an-unknown-kind', { kind: 'body' }),
  changed('without-role', { role: undefined }),
  changed('with-a-role-of-65', { role: 'x'.repeat(65) }),
  changed('without-pointer', { pointer: undefined }),
  changed('with-a-pointer-of-65537', { pointer: 'x'.repeat(65537) }),
  changed('without-offset', { offset: undefined }),
  changed('with-a-negative-offset', { offset: -1 }),
  changed('with-an-offset-of-2-to-the-53', { offset: 2 ** 53 }),
  changed('without-salt', { salt: undefined }),
  changed('with-a-salt-of-15-bytes', { salt: '00'.repeat(15) }),
  changed('with-a-salt-of-17-bytes', { salt: '00'.repeat(17) }),
  changed('without-bytes', { text: undefined }),
  changed('with-text-and-base64', { base64: 'InRpbnki' }),
  changed('with-base64-that-is-not-padded', { text: undefined, base64: 'Ig' }),
  changed('with-text-that-is-a-number', { text: 1 }),
  changed('with-an-index', { index: 7 }),
  changed('open-and-closed', { hash: CLOSED['hash'], length: 6 }),
  changedClosed('without-length', { length: undefined }),
  changedClosed('with-a-negative-length', { length: -1 }),
  changedClosed('with-a-short-hash', { hash: 'ab' }),
  changedClosed('with-a-salt', { salt: '00'.repeat(16) }),
  changedClosed('with-text', { text: 'x' }),
  refused('declaration-without-contents', { ...SMALL, declaration: { document: documentOf() } }),
  refused('declaration-without-document', { ...SMALL, declaration: { contents: [] } }),
  refused('declaration-with-an-unknown-member', {
    ...SMALL,
    declaration: { document: documentOf(), contents: [], id: 'x' },
  }),
  refused('document-of-a-private-one-without-blind', withDocument({ ...PRIVATE, blind: undefined })),
  refused('document-of-a-public-one-with-blind', withDocument({ ...documentOf(), blind: BLIND })),
  refused(
    'document-without-a-role',
    withDocument({ ...documentOf(), roles: { ...documentOf().roles, tools: undefined } }),
  ),
  refused('content-of-an-unknown-role', withContent({ role: 'output' })),
  refused('content-of-another-encoding', withContent({ encoding: 'base64' })),
  refused('content-without-value', withContent({ value: undefined })),
  refused('content-that-is-a-number', withContent({ value: 0 })),
  refused('content-with-a-name-of-257', withContent({ name: 'x'.repeat(257) })),
  refused('content-with-a-digest', withContent({ digest: 'ab'.repeat(32) })),
]
