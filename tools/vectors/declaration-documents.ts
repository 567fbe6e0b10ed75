/**
 * Declaration documents, whole and published, for `declaration.ts`: each rule kept and broken.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { BLIND, documentOf, fixed, idOf, type Members } from './declared.ts'
import { described } from './described.ts'
import type { DeclarationInput as In } from './run/declaration.ts'
import type { Case, Value } from './topic.ts'

const DOCUMENT = 'docs/spec/declaration.md#the-document'
const ID = 'docs/spec/declaration.md#the-id'
const STATEMENT = 'docs/spec/declaration.md#the-statement'
const ROLES_RULE = 'docs/spec/roles.md#no-role-is-silently-missing'

const text = (document: Members): string => JSON.stringify(document)

export const whole = (name: string, document: Members, rule = DOCUMENT, documentText = text(document)): Case<In> => {
  return {
    name,
    rule,
    operation: 'readDocument',
    documentText: described(documentText),
    accept: { id: idOf(document) },
  }
}
export const refused = (reject: ErrorCode, rule = DOCUMENT) => {
  return (name: string, document: Members | string): Case<In> => {
    const documentText = typeof document === 'string' ? document : text(document)
    return { name, rule, operation: 'readDocument', documentText: described(documentText), reject }
  }
}
const without = (document: Members, name: string): Members =>
  Object.fromEntries(Object.entries(document).filter(([member]) => member !== name))

const EXAMPLE = documentOf()
const PRIVATE = documentOf({}, { privacy: 'private' })
const ROLES = Object.keys(EXAMPLE.roles)
const components = (...names: string[]): Value =>
  names.map((name) => ({ digest: 'ab'.repeat(32), encoding: 'text', name }))
const fixedTo = (...names: string[]): Members => ({ state: 'fixed', components: components(...names) })
export const inPlace = (role: string, declared: Value): Members => documentOf({ [role]: declared })
const withComponent = (change: Members): Members =>
  inPlace('parameters', {
    state: 'fixed',
    components: [{ digest: 'ab'.repeat(32), encoding: 'text', name: 'n', ...change }],
  })
const every = (state: string): Members =>
  Object.fromEntries(ROLES.filter((role) => role !== 'policy').map((role) => [role, { state }]))
const slot = (bounds: Members): Members => inPlace('input', { state: 'slot', ...bounds })
const STRICT = fixed('policy', { strict: 'strict' })
const MODES = {
  observe: { mode: 'observe' },
  'enforce-strict': { findings: 'strict', mode: 'enforce' },
  'enforce-reported': { findings: 'reported', mode: 'enforce' },
} as const
const RULE_VALUE: Value = { rule: 'selfContained', says: 'Nothing stands at the server.' }

/** A mode and rules, in order. */
function ruled(mode: keyof typeof MODES, ...names: readonly string[]): Members {
  const rules = (names.length === 0 ? ['a'] : names).map((name) => [name, RULE_VALUE] as const)
  const values = [...rules, ['mode', MODES[mode]] as const].sort(([left], [right]) => (left < right ? -1 : 1))
  return ordered(values)
}

/** Names that look like numbers would be put in front by an object. */
function ordered(values: readonly (readonly [string, Value])[], blind?: string): Members {
  const components = values.flatMap(
    ([name, value]) => fixed('policy', { [name]: value }, blind)['components'] as Value[],
  )
  return { components, state: 'fixed' }
}

/** The same with the blind of the private example. */
function privateWith(policy: Members): Members {
  const names = (policy['components'] as readonly { readonly name: string }[]).map(({ name }) => name)
  const values = names.map((name) => [name, name === 'mode' ? MODES.observe : RULE_VALUE] as const)
  return { ...PRIVATE, roles: { ...PRIVATE.roles, policy: ordered(values, BLIND) } }
}

const spelled = text(EXAMPLE).replace('"shop-assistant"', '"shop\\u002dassistant"').replaceAll(',', ' ,\n\t')

const KEPT: readonly Case<In>[] = [
  whole('the-example', EXAMPLE, ID),
  whole('the-example-private', PRIVATE, ID),
  whole(
    'another-blind-is-another-id',
    { ...PRIVATE, blind: '5a'.repeat(32), roles: privateRoles('5a'.repeat(32)) },
    ID,
  ),
  whole('spelled-otherwise-has-the-same-id', EXAMPLE, ID, spelled),
  whole('another-name-is-another-id', documentOf({}, { name: 'shop-assistant-2' }), ID),
  whole('name-of-200-characters', documentOf({}, { name: 'x'.repeat(200) })),
  whole('name-outside-ascii', documentOf({}, { name: 'caf\u00e9 \u{1f600}' })),
  whole('every-role-any', documentOf(every('any')), ROLES_RULE),
  whole('every-role-absent', documentOf(every('absent')), ROLES_RULE),
  whole('every-role-a-slot-without-bounds', documentOf(every('slot')), ROLES_RULE),
  whole('slot-with-every-bound', slot({ maxBytes: 0, maxCount: 9007199254740991, minCount: 1 })),
  whole('slot-whose-bounds-cannot-be-kept', slot({ maxCount: 1, minCount: 2 })),
  whole('sequence-of-twelve', inPlace('history', fixedTo(...Array.from({ length: 12 }, (_, n) => String(n))))),
  whole('names-sorted-by-utf-16', inPlace('tools', fixedTo('a', 'b', '\u{1f600}', '\ufb33'))),
  whole('names-that-begin-alike', inPlace('tools', fixedTo('', 'a', 'aa', 'b'))),
  whole('name-proto', inPlace('tools', fixedTo('__proto__'))),
  whole('name-of-a-component-of-256', inPlace('tools', fixedTo('x'.repeat(256)))),
  whole('a-json-component', inPlace('model', fixed('model', { model: { a: 1 } }))),
  whole('model-under-another-name', inPlace('model', fixedTo('models'))),
  whole('allow', inPlace('parameters', { ...fixedTo('b'), allow: ['', 'a', 'c', '\u{1f600}', '\ufb33'] })),
  whole('policy-with-a-rule', inPlace('policy', ruled('observe'))),
  whole('policy-with-rules-before-and-after-the-mode', inPlace('policy', ruled('enforce-strict', 'a', 'z'))),
  whole('policy-with-32-rules', inPlace('policy', ruled('enforce-reported', ...numbered(32)))),
  whole('policy-with-rules-private', privateWith(ruled('observe', 'a'))),
  whole('allow-1000-names', inPlace('tools', { ...fixedTo('b'), allow: numbered(1000) })),
]

/** So many names, sorted. */
function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'))
}

function privateRoles(blind: string): Members {
  return {
    ...EXAMPLE.roles,
    model: fixed('model', { model: 'tiny' }, blind),
    instructions: fixed('instructions', { 0: 'Answer politely.' }, blind),
    parameters: fixed('parameters', { temperature: 0 }, blind),
    policy: fixed('policy', { strict: 'strict' }, blind),
  }
}

const missing = refused('DECLARATION_ROLE_MISSING', ROLES_RULE)
const malformed = refused('DECLARATION_MALFORMED')
const mismatch = refused('SCHEMA_MISMATCH')
const rules = refused('DECLARATION_POLICY_MALFORMED')

const BROKEN: readonly Case<In>[] = [
  ...ROLES.map((role) => missing(`without-${role.toLowerCase()}`, { ...EXAMPLE, roles: without(EXAMPLE.roles, role) })),
  mismatch('a-tenth-role', documentOf({ output: { state: 'any' } })),
  mismatch('not-an-object', '[]'),
  mismatch('an-unknown-member', { ...EXAMPLE, version: 1 }),
  ...['name', 'privacy', 'roles'].map((name) => mismatch(`document-without-${name}`, without(EXAMPLE, name))),
  mismatch('private-without-blind', without(PRIVATE, 'blind')),
  mismatch('public-with-blind', { ...EXAMPLE, blind: BLIND }),
  mismatch('blind-too-short', { ...PRIVATE, blind: 'b1'.repeat(31) }),
  mismatch('blind-too-long', { ...PRIVATE, blind: 'b1'.repeat(33) }),
  mismatch('blind-that-is-empty', { ...PRIVATE, blind: '' }),
  mismatch('blind-that-is-not-hexadecimal', { ...PRIVATE, blind: 'g1'.repeat(32) }),
  mismatch('blind-that-is-a-number', { ...PRIVATE, blind: 1 }),
  mismatch('blind-in-uppercase', { ...PRIVATE, blind: 'B1'.repeat(32) }),
  mismatch('another-privacy', documentOf({}, { privacy: 'secret' })),
  mismatch('name-of-201-characters', documentOf({}, { name: 'x'.repeat(201) })),
  mismatch('name-of-101-pairs', documentOf({}, { name: '\u{1f600}'.repeat(101) })),
  mismatch('name-that-is-a-number', documentOf({}, { name: 1 })),
  mismatch('null-for-a-member', documentOf({}, { name: null })),
  malformed('name-that-is-empty', documentOf({}, { name: '' })),
  refused('JSON_DUPLICATE_KEY')('member-twice', text(EXAMPLE).replace('"privacy":', '"privacy":"public","privacy":')),
  mismatch('privacy-that-is-a-boolean', documentOf({}, { privacy: false })),
  mismatch('roles-that-are-a-list', { ...EXAMPLE, roles: [] }),
  mismatch('role-that-is-a-text', inPlace('tools', 'absent')),
  mismatch('another-state', inPlace('tools', { state: 'present' })),
  mismatch('role-without-state', inPlace('tools', {})),
  mismatch('absent-with-a-member', inPlace('tools', { state: 'absent', maxBytes: 1 })),
  mismatch('any-with-allow', inPlace('tools', { state: 'any', allow: ['a'] })),
  mismatch('slot-with-components', inPlace('tools', { ...fixedTo('a'), state: 'slot' })),
  mismatch('slot-with-an-unknown-bound', slot({ maxTokens: 1 })),
  mismatch('bound-that-is-negative', slot({ maxBytes: -1 })),
  mismatch('bound-with-a-fraction', slot({ maxBytes: 1.5 })),
  mismatch('bound-written-1-0', text(slot({ maxBytes: 1 })).replace('"maxBytes":1', '"maxBytes":1.0')),
  mismatch('bound-written-1e3', text(slot({ maxBytes: 1 })).replace('"maxBytes":1', '"maxBytes":1e3')),
  mismatch('bound-of-2-to-the-53', slot({ maxBytes: 2 ** 53 })),
  mismatch('bound-that-is-a-text', slot({ maxBytes: '1' })),
  mismatch('bound-that-is-null', slot({ maxBytes: null })),
  mismatch('fixed-without-components', inPlace('tools', { state: 'fixed' })),
  malformed('fixed-to-nothing', inPlace('tools', { state: 'fixed', components: [] })),
  mismatch('components-that-are-an-object', inPlace('tools', { state: 'fixed', components: {} })),
  malformed('names-twice', inPlace('tools', fixedTo('a', 'a'))),
  malformed('names-not-sorted', inPlace('tools', fixedTo('b', 'a'))),
  malformed('names-sorted-by-code-point', inPlace('tools', fixedTo('\ufb33', '\u{1f600}'))),
  malformed('names-sorted-without-case', inPlace('tools', fixedTo('a', 'B'))),
  malformed('sequence-that-begins-at-1', inPlace('history', fixedTo('1'))),
  malformed('sequence-with-a-gap', inPlace('history', fixedTo('0', '2'))),
  malformed('sequence-with-names', inPlace('input', fixedTo('question'))),
  malformed(
    'sequence-sorted-as-text',
    inPlace('history', fixedTo('0', '1', '10', '2', '3', '4', '5', '6', '7', '8', '9')),
  ),
  malformed('sequence-with-0-twice', inPlace('history', fixedTo('0', '0'))),
  malformed('sequence-written-00', inPlace('history', fixedTo('00'))),
  mismatch('component-that-is-a-text', inPlace('tools', { state: 'fixed', components: ['a'] })),
  mismatch('component-without-digest', withComponent({ digest: undefined })),
  mismatch('component-without-encoding', withComponent({ encoding: undefined })),
  mismatch('component-without-name', withComponent({ name: undefined })),
  mismatch('component-with-a-value', withComponent({ value: 'x' })),
  mismatch('component-with-another-encoding', withComponent({ encoding: 'bytes' })),
  mismatch('component-with-a-short-digest', withComponent({ digest: 'ab' })),
  mismatch('component-with-a-long-digest', withComponent({ digest: 'ab'.repeat(33) })),
  mismatch('component-with-a-digest-that-is-not-hexadecimal', withComponent({ digest: 'ag'.repeat(32) })),
  mismatch('component-with-an-uppercase-digest', withComponent({ digest: 'AB'.repeat(32) })),
  mismatch('component-with-a-name-of-257', withComponent({ name: 'x'.repeat(257) })),
  malformed('allow-nothing', inPlace('tools', { ...fixedTo('b'), allow: [] })),
  malformed('allow-twice', inPlace('tools', { ...fixedTo('b'), allow: ['a', 'a'] })),
  malformed('allow-not-sorted', inPlace('tools', { ...fixedTo('b'), allow: ['c', 'a'] })),
  malformed('allow-what-is-fixed', inPlace('tools', { ...fixedTo('b'), allow: ['b'] })),
  mismatch('allow-1001-names', inPlace('tools', { ...fixedTo('b'), allow: numbered(1001) })),
  mismatch('allow-that-is-a-text', inPlace('tools', { ...fixedTo('b'), allow: 'a' })),
  mismatch('allow-a-number', inPlace('tools', { ...fixedTo('b'), allow: [1] })),
  mismatch('policy-without-state', inPlace('policy', {})),
  malformed('policy-fixed-to-nothing', inPlace('policy', { state: 'fixed', components: [] })),
  rules('policy-absent', inPlace('policy', { state: 'absent' })),
  rules('policy-any', inPlace('policy', { state: 'any' })),
  rules('policy-slot', inPlace('policy', { state: 'slot' })),
  rules('policy-of-another-name', inPlace('policy', fixed('policy', { lenient: 'strict' }))),
  rules('policy-of-another-value', inPlace('policy', fixed('policy', { strict: 'lenient' }))),
  rules('policy-that-is-json', inPlace('policy', fixed('policy', { strict: ['strict'] }))),
  rules('policy-strict-and-another', inPlace('policy', fixed('policy', { strict: 'strict', strictly: 'strict' }))),
  rules('policy-with-allow', inPlace('policy', { ...STRICT, allow: ['other'] })),
  rules('policy-of-a-mode-only', inPlace('policy', fixed('policy', { mode: MODES.observe }))),
  rules('policy-of-rules-only', inPlace('policy', fixed('policy', { a: RULE_VALUE }))),
  rules(
    'policy-with-strict-and-rules',
    inPlace('policy', fixed('policy', { a: RULE_VALUE, mode: MODES.observe, strict: 'strict' })),
  ),
  rules('policy-with-33-rules', inPlace('policy', ruled('observe', ...numbered(33)))),
  rules('policy-with-a-rule-in-capitals', inPlace('policy', fixed('policy', { A: RULE_VALUE, mode: MODES.observe }))),
  rules(
    'policy-with-a-rule-without-a-name',
    inPlace('policy', fixed('policy', { '': RULE_VALUE, mode: MODES.observe })),
  ),
  rules('policy-with-a-rule-of-65-characters', inPlace('policy', ruled('observe', 'n'.repeat(65)))),
  rules('policy-with-a-rule-that-is-text', inPlace('policy', fixed('policy', { a: 'true', mode: MODES.observe }))),
  rules('policy-with-a-mode-that-is-text', inPlace('policy', fixed('policy', { a: RULE_VALUE, mode: 'observe' }))),
  rules('policy-with-another-mode', inPlace('policy', fixed('policy', { a: RULE_VALUE, mode: { mode: 'warn' } }))),
  rules(
    'policy-with-a-mode-that-lacks-findings',
    inPlace('policy', fixed('policy', { a: RULE_VALUE, mode: { mode: 'enforce' } })),
  ),
  rules('policy-with-rules-and-allow', inPlace('policy', { ...ruled('observe'), allow: ['other'] })),
  rules('policy-with-rules-private-with-public-digests', {
    ...PRIVATE,
    roles: { ...PRIVATE.roles, policy: ruled('observe') },
  }),
  rules('policy-private-with-the-public-digest', { ...PRIVATE, roles: { ...PRIVATE.roles, policy: STRICT } }),
]

/** `docs/spec/declaration.md`, "The document" and "The statement", rule by rule. */
export const DOCUMENTS: readonly Case<In>[] = [...KEPT, ...BROKEN]

const published = (name: string, document: Members): Case<In> => {
  const accept = { privacy: document['privacy'] as string }
  return { name, rule: STATEMENT, operation: 'readPublished', documentText: text(document), accept }
}
const unpublished = (name: string, document: Members, reject: ErrorCode): Case<In> => {
  return { name, rule: STATEMENT, operation: 'readPublished', documentText: text(document), reject }
}
const SHOWN = without(PRIVATE, 'blind')
const shownWith = (policy: Members): Members => ({ ...SHOWN, roles: { ...PRIVATE.roles, policy } })

export const PUBLISHED: readonly Case<In>[] = [
  published('published-public', EXAMPLE),
  published('published-private-without-blind', SHOWN),
  published('published-private-with-a-policy-digest-that-nobody-can-check', shownWith(fixedTo('strict'))),
  unpublished('published-private-with-blind', PRIVATE, 'SCHEMA_MISMATCH'),
  unpublished('published-public-with-blind', { ...EXAMPLE, blind: BLIND }, 'SCHEMA_MISMATCH'),
  unpublished(
    'published-public-with-a-wrong-policy-digest',
    documentOf({ policy: fixedTo('strict') }),
    'DECLARATION_POLICY_MALFORMED',
  ),
  unpublished(
    'published-private-with-a-policy-that-is-json',
    shownWith({ state: 'fixed', components: [{ digest: 'ab'.repeat(32), encoding: 'json', name: 'strict' }] }),
    'DECLARATION_POLICY_MALFORMED',
  ),
]
