/**
 * Somebody who holds a record, and knows everything that the application could have been told, tries to confirm it: every
 * hash in record, binding, declaration statement and log entries, against every fixed value, the prompt, what filled the
 * slots, and the whole request. The same attack on a run without blind and salts finds what it looks for.
 */
import { describe, expect, test } from 'vitest'
import { encodeHex, encodeUtf8 } from '../../src/core/bytes/index.ts'
import {
  componentDigester,
  declarationId,
  type Encoding,
  resolveDeclaration,
} from '../../src/core/declaration/index.ts'
import { dialectById } from '../../src/core/dialects/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import { ROLES } from '../../src/core/roles/index.ts'
import {
  commitmentOf,
  hashLeaves,
  recordRequestHead,
  requestHeadLeaves,
  SALT_BYTES,
} from '../../src/core/spans/index.ts'
import { nodeSha256 as hash } from '../../src/node/keys/index.ts'
import { forgeRun } from '../support/forged-run.ts'
import { ANSWER, DECLARATION, issueRun, REQUEST_BODY, RESPONSE_BODY } from '../support/issued-run.ts'

const { blind: _, ...OPEN } = DECLARATION
const PUBLIC = { ...OPEN, privacy: 'public' }

/** Every text, number and name that was sent or declared, and a hundred that were not. */
const GUESSES: readonly string[] = [
  ...['tiny', 'Answer politely.', '0', '0.0', 'temperature', 'strict'],
  ...['Context: The lamp costs 5 euros. Question: How much?', 'The lamp costs 5 euros.', 'How much?'],
  ...['model', 'system', 'user', 'shop-assistant'],
  REQUEST_BODY,
  ...Array.from({ length: 100 }, (_, n) => `guess ${n}`),
]

/** Everything of 32 bytes in a document and in what it holds, in hexadecimal. */
function hashesIn(bytes: Uint8Array): ReadonlySet<string> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const look = (text: string): void => {
    if (seen.has(text)) return
    seen.add(text)
    for (const [hex] of text.matchAll(/[0-9a-f]{64}/g)) found.add(hex)
    for (const [base64] of text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)) {
      const decoded = Buffer.from(base64, 'base64')
      if (decoded.length >= 32 && decoded.length <= 36) found.add(decoded.subarray(-32).toString('hex'))
      if (decoded.length > 36) look(decoded.toString('latin1'))
    }
  }
  look(Buffer.from(bytes).toString('latin1'))
  return found
}

/** What a hash of a guess could be, for whoever has neither blind nor salts. */
function* candidatesFor(guess: string): Generator<readonly [how: string, hash: string]> {
  const bytes = encodeUtf8(guess)
  const json = encodeUtf8(JSON.stringify(guess))
  for (const value of [bytes, json]) {
    yield ['plain', encodeHex(hash(value))]
    yield ['leaf of a log', encodeHex(hash(Buffer.concat([Buffer.of(0), value])))]
    for (const blind of [new Uint8Array(0), new Uint8Array(32)]) {
      const digest = componentDigester(blind)
      for (const role of ROLES) {
        for (const name of ['0', 'model', 'temperature', 'strict', guess]) {
          for (const encoding of ['text', 'json'] as readonly Encoding[]) {
            yield ['component', digest({ role, name, encoding, value })]
          }
        }
      }
    }
  }
  yield* requestCandidates(guess)
}

/** The commitment to a whole request, without salts. */
function* requestCandidates(guess: string): Generator<readonly [string, string]> {
  const dialect = dialectById('openai-chat-completions/1')
  if (dialect === undefined || !guess.startsWith('{')) return
  const body = encodeUtf8(guess)
  const method = 'POST'
  const path = '/v1/chat/completions'
  for (const headers of [[], [['content-type', 'application/json'] as const]]) {
    const head = recordRequestHead({ method, path, query: '', headers })
    const cut = dialect.cutRequest({ method, path, contentType: undefined, body, cutList: [] })
    const leaves = [...requestHeadLeaves(head, encodeUtf8('[]')), ...cut.leaves]
    const leafHashes = hashLeaves({ leaves, salts: new Uint8Array(leaves.length * SALT_BYTES), hash })
    const commitment = commitmentOf({
      direction: 'request',
      dialect: dialect.id,
      leafHashes,
      bodyLength: body.length,
      hash,
    })
    yield ['commitment', encodeHex(commitment)]
  }
}

/** The declaration, guessed as a whole and without a blind. */
function* declarationCandidates(): Generator<readonly [string, string]> {
  const { declaration } = resolveDeclaration(parseJson(canonicalize(PUBLIC as CanonicalInput)), () => new Uint8Array())
  yield ['declaration id', declarationId(declaration)]
}

function attack(record: Uint8Array): string[] {
  const hashes = hashesIn(record)
  const confirmed = GUESSES.flatMap((guess) =>
    [...candidatesFor(guess)].filter(([, candidate]) => hashes.has(candidate)).map(([how]) => `${how}: ${guess}`),
  )
  const whole = [...declarationCandidates()].filter(([, candidate]) => hashes.has(candidate)).map(([how]) => how)
  return [...new Set([...confirmed, ...whole])]
}

describe('a record of a private declaration', () => {
  test('confirms nothing of what was declared or sent', async () => {
    const { record } = await issueRun()
    // Signatures, digests, roots, proofs: there is much to compare with.
    expect(hashesIn(record).size).toBeGreaterThan(15)
    expect(attack(record)).toEqual([])
  })

  test('shows the digests of answer and response, and says so: by them an answer finds its record', async () => {
    const { record } = await issueRun()
    const hashes = hashesIn(record)
    expect([ANSWER, RESPONSE_BODY].map((text) => hashes.has(encodeHex(hash(encodeUtf8(text)))))).toEqual([true, true])
  })
})

describe('the same attack finds', () => {
  test('every fixed value of a declaration without a blind, and the declaration itself', async () => {
    const { record } = await issueRun({ declaration: PUBLIC })
    expect(attack(record).sort()).toEqual(
      ['plain: tiny', 'plain: Answer politely.', 'plain: 0', 'plain: strict', 'declaration id'].sort(),
    )
  })

  test('the request, where leaves have no salts', async () => {
    const { record } = await forgeRun({ isUnsalted: true })
    expect(attack(record)).toEqual([`commitment: ${REQUEST_BODY}`])
  })
})
