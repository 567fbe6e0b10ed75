/**
 * Vectors of `docs/spec/declaration.md` and `docs/spec/roles.md`. Expectations by hand; digests and ids by Node's own
 * means, in `declared.ts`.
 *
 * @module
 */
import { BOUNDED } from './declaration-bounds.ts'
import { DOCUMENTS, PUBLISHED } from './declaration-documents.ts'
import { STATEMENTS } from './declaration-statements.ts'
import { BLIND, type Content, componentDigest } from './declared.ts'
import { type DeclarationInput as In, OPERATIONS, runDeclaration } from './run/declaration.ts'
import type { Case, Topic } from './topic.ts'

const DIGESTS = 'docs/spec/declaration.md#component-digests'

const digest = (name: string, content: Content, blindHex?: string): Case<In> => {
  const { valueText, ...component } = content
  const accept = { digest: componentDigest(content, blindHex) }
  return { name, rule: DIGESTS, operation: 'digest', component, valueText, ...(blindHex ? { blindHex } : {}), accept }
}

const NUMBER: Content = { role: 'parameters', name: 'temperature', encoding: 'json', valueText: '0' }
const PROMPT: Content = { role: 'instructions', name: '0', encoding: 'text', valueText: 'Answer politely.' }

const COMPONENTS: readonly Case<In>[] = [
  digest('public-text', PROMPT),
  digest('public-number', NUMBER),
  digest('public-text-of-a-digit-is-the-digit', { ...NUMBER, encoding: 'text' }),
  digest('public-empty-text', { ...PROMPT, valueText: '' }),
  digest('public-text-with-newline-is-not-trimmed', { ...PROMPT, valueText: 'Answer politely.\n' }),
  digest('public-byte-order-mark-stays', { ...PROMPT, valueText: '\ufeffAnswer politely.' }),
  digest('public-composed', { ...PROMPT, valueText: 'caf\u00e9' }),
  digest('public-decomposed-is-another', { ...PROMPT, valueText: 'cafe\u0301' }),
  digest('private-text', PROMPT, BLIND),
  digest('private-number', NUMBER, BLIND),
  digest('private-text-of-a-digit-is-another', { ...NUMBER, encoding: 'text' }, BLIND),
  digest('private-another-role', { ...NUMBER, role: 'outputFormat' }, BLIND),
  digest('private-another-name', { ...NUMBER, name: 'top_p' }, BLIND),
  digest('private-another-blind', NUMBER, '5a'.repeat(32)),
  digest('private-name-outside-ascii', { ...NUMBER, role: 'tools', name: '\u{1f600}' }, BLIND),
  digest('private-empty-name-and-text', { role: 'tools', name: '', encoding: 'text', valueText: '' }, BLIND),
]

export const declaration: Topic<In> = {
  topic: 'declaration',
  spec: 'docs/spec/declaration.md',
  about: 'Digests of components, declaration documents and their ids, published documents, and declaration statements.',
  operations: OPERATIONS,
  cases: [...COMPONENTS, ...DOCUMENTS, ...BOUNDED, ...PUBLISHED, ...STATEMENTS],
  run: runDeclaration,
}
