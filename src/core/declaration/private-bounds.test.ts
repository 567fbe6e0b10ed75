import { expect, test } from 'vitest'
import { encodeHex, encodeUtf8 } from '../bytes/index.ts'
import { sha256 } from '../hash/index.ts'
import { canonicalize, canonicalText, parseJson } from '../json/index.ts'
import { declarationId, formatDeclarationStatement, publishedDeclaration, resolveDeclaration } from './index.ts'

const BLIND = '5a'.repeat(32)
const TOOL = { type: 'function', function: { name: 'lookup' } }

function statementOf(privacy: object): string {
  const file = {
    name: 't',
    ...privacy,
    model: { oneOf: ['gpt-5', 'gpt-5-mini'] },
    // Made of entries, for the linter takes an object with a `then` for a promise.
    instructions: Object.fromEntries([
      ['startsWith', 'Be kind.'],
      ['then', 'slot'],
    ]),
    tools: { within: { lookup: { oneOf: [TOOL, 'none'] } }, optional: ['lookup'] },
    context: { slot: { sources: ['faq.md'] } },
    history: 'absent',
    input: 'slot',
    parameters: { fixed: { seed: 7 }, within: { temperature: { max: 0.3 }, effort: { oneOf: ['low', 'high'] } } },
    outputFormat: { oneOf: ['text', { type: 'json_object' }] },
    policy: 'strict',
  }
  const { declaration } = resolveDeclaration(parseJson(canonicalize(file)), () => new Uint8Array(0))
  const statement = {
    id: declarationId(declaration),
    declaration: publishedDeclaration(declaration),
    nonce: '00'.repeat(32),
  }
  return new TextDecoder().decode(formatDeclarationStatement(statement))
}

/** What a stranger would try: every value, and every beginning of the prompt. */
const GUESSES = [
  ...['gpt-5', 'gpt-5-mini', 'none', 'low', 'high', 'text', '7', '0.3', 'strict', 'faq.md', 'lookup'],
  ...[canonicalText(TOOL), canonicalText({ type: 'json_object' })],
  ...Array.from('Be kind. Now.', (_, length) => 'Be kind. Now.'.slice(0, length)),
]

test('no digest of a private declaration, whatever its bounds, confirms a guess; those of a public one do', () => {
  const confirmed = (statement: string) =>
    GUESSES.filter((guess) => statement.includes(encodeHex(sha256(encodeUtf8(guess)))))
  expect(confirmed(statementOf({ privacy: 'private', blind: BLIND }))).toEqual([])
  expect(confirmed(statementOf({ privacy: 'public' }))).toEqual([
    ...['gpt-5', 'gpt-5-mini', 'none', 'low', 'high', 'text', '7', 'strict'],
    ...[canonicalText(TOOL), canonicalText({ type: 'json_object' }), 'Be kind.'],
  ])
})

test('every digest of a private declaration is another under another blind', () => {
  const digests = (blind: string): readonly string[] =>
    statementOf({ privacy: 'private', blind }).match(/"digest":"[0-9a-f]{64}"/g) ?? []
  const [one, other] = [digests(BLIND), digests('b1'.repeat(32))]
  expect(one.length).toBe(11)
  expect(one.filter((digest) => other.includes(digest))).toEqual([])
})
