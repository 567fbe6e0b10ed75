/**
 * Declaration statements for `declaration.ts`.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { documentOf, fixed, idOf, type Members } from './declared.ts'
import { canonical } from './document.ts'
import type { Parts } from './parts.ts'
import type { DeclarationInput as In } from './run/declaration.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/declaration.md#the-statement'
const NONCE = '02'.repeat(32)
const EXAMPLE = documentOf()
const PRIVATE: Members = documentOf({}, { privacy: 'private' })
const SHOWN: Members = { ...PRIVATE, blind: undefined }

const subject = (id: string): Members => ({ digest: { sha256: id }, name: 'declaration' })

function statementOf(document: Members, changes: Members = {}, predicate: Members = {}): string {
  return canonical({
    _type: 'https://in-toto.io/Statement/v1',
    predicate: { declaration: document, nonce: NONCE, ...predicate },
    predicateType: 'https://colophon/declaration/v1',
    subject: [subject(idOf(EXAMPLE))],
    ...changes,
  } as Value)
}

const read = (name: string, payloadText: Parts, id = idOf(EXAMPLE)): Case<In> => {
  return { name, rule: RULE, operation: 'readStatement', payloadText, accept: { id, nonce: NONCE } }
}
const refused = (name: string, payloadText: Parts, reject: ErrorCode): Case<In> => {
  return { name, rule: RULE, operation: 'readStatement', payloadText, reject }
}

/** A statement of exactly so many bytes: a name that may be sent is as long as it takes. */
function ofSize(sizeBytes: number): Parts {
  const mark = '#'
  const tools = { ...fixed('tools', { a: 'a' }), allow: [mark] }
  const [before = '', after = ''] = statementOf(documentOf({ tools })).split(mark)
  return [before, { repeat: 'x', times: sizeBytes - Buffer.byteLength(before + after) }, after]
}

export const STATEMENTS: readonly Case<In>[] = [
  read('statement-of-the-example', statementOf(EXAMPLE)),
  read('statement-of-a-private-one', statementOf(SHOWN, { subject: [subject(idOf(PRIVATE))] }), idOf(PRIVATE)),
  read('statement-of-262144-bytes', ofSize(262144)),
  refused('statement-of-262145-bytes', ofSize(262145), 'DECLARATION_MALFORMED'),
  refused('statement-with-a-blind', statementOf(PRIVATE), 'SCHEMA_MISMATCH'),
  refused('statement-without-nonce', statementOf(EXAMPLE, {}, { nonce: undefined }), 'SCHEMA_MISMATCH'),
  refused('statement-with-a-short-nonce', statementOf(EXAMPLE, {}, { nonce: '02'.repeat(31) }), 'SCHEMA_MISMATCH'),
  refused(
    'statement-with-a-nonce-that-is-not-hexadecimal',
    statementOf(EXAMPLE, {}, { nonce: 'g2'.repeat(32) }),
    'SCHEMA_MISMATCH',
  ),
  refused('statement-with-an-unknown-member', statementOf(EXAMPLE, {}, { issuer: 'x' }), 'SCHEMA_MISMATCH'),
  refused('statement-without-declaration', statementOf(EXAMPLE, {}, { declaration: undefined }), 'SCHEMA_MISMATCH'),
  refused(
    'statement-of-a-declaration-without-a-role',
    statementOf({ ...EXAMPLE, roles: { ...EXAMPLE.roles, tools: undefined } }),
    'DECLARATION_ROLE_MISSING',
  ),
  refused(
    'statement-of-a-binding',
    statementOf(EXAMPLE, { predicateType: 'https://colophon/binding/v1' }),
    'STATEMENT_MALFORMED',
  ),
  refused(
    'statement-with-a-second-subject',
    statementOf(EXAMPLE, { subject: [subject(idOf(EXAMPLE)), { ...subject(idOf(EXAMPLE)), name: 'other' }] }),
    'STATEMENT_MALFORMED',
  ),
  refused(
    'statement-with-a-subject-of-another-name',
    statementOf(EXAMPLE, { subject: [{ ...subject(idOf(EXAMPLE)), name: 'Declaration' }] }),
    'STATEMENT_MALFORMED',
  ),
  refused('statement-with-a-space', statementOf(EXAMPLE).replace(':', ': '), 'STATEMENT_MALFORMED'),
]
