/**
 * Somebody who knows nearly everything that was sent tries to confirm the rest from a disclosure of a part: every hash in
 * the file, against every guess, under every salt that the attacker can know. The same attack on files that are made
 * without salts finds what it looks for.
 */
import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { encodeHex, encodeUtf8 } from '../../src/core/bytes/index.ts'
import { dialectById } from '../../src/core/dialects/index.ts'
import {
  closeLeaf,
  type DisclosedLeaf,
  type Disclosure,
  formatDisclosure,
  parseDisclosure,
} from '../../src/core/disclosure/index.ts'
import { type Leaf, leafHashOf, SALT_BYTES } from '../../src/core/spans/index.ts'
import { nodeSha256 as hash } from '../../src/node/keys/index.ts'
import { discloseParts, parsePartSelector } from '../../src/web/capture/index.ts'
import { type ForgedRun, forgeRun } from '../support/forged-run.ts'

const dialect = dialectById('openai-chat-completions/1')
if (dialect === undefined) throw new Error('the dialect is not there')

/** True for the run among much that is not: its every span, as whoever knows the application could guess it. */
function guessesFor(whole: Disclosure): readonly Uint8Array[] {
  const leaves = [...(whole.request ?? []), ...(whole.response ?? [])]
  const true_ = leaves.flatMap((leaf) => (leaf.state === 'open' ? [leaf.bytes] : []))
  const false_ = Array.from({ length: 50 }, (_, n) => encodeUtf8(`"guess ${n}"`))
  return [...new Map([...false_, ...true_].map((bytes) => [encodeHex(bytes), bytes])).values()]
}

/** Guesses that a hash of the file confirms, as `index: text`. */
function attack(file: Uint8Array, guesses: readonly Uint8Array[]): readonly string[] {
  const disclosure = parseDisclosure(file)
  return (['request', 'response'] as const).flatMap((of) => {
    const leaves = disclosure[of] ?? []
    const known = leaves.flatMap((leaf) => (leaf.state === 'open' ? [leaf.salt] : []))
    const salts = [new Uint8Array(SALT_BYTES), new Uint8Array(SALT_BYTES).fill(0xff), ...known]
    return leaves.flatMap((leaf, index) => {
      if (leaf.state === 'open') return []
      const wanted = encodeHex(leaf.hash)
      return guesses
        .filter((bytes) => candidatesFor({ leaf, index, bytes, salts }).includes(wanted))
        .map((bytes) => `${of} ${index}: ${Buffer.from(bytes).toString()}`)
    })
  })
}

/** With the label that the file shows, and no salt, or one that is known; and the plain digest. */
function candidatesFor(input: {
  readonly leaf: DisclosedLeaf
  readonly index: number
  readonly bytes: Uint8Array
  readonly salts: readonly Uint8Array[]
}): readonly string[] {
  const { leaf, index, bytes, salts } = input
  const { kind, role, pointer, offset } = leaf
  const guessed: Leaf = { kind, role, pointer, offset, bytes }
  return [
    createHash('sha256').update(bytes).digest('hex'),
    ...salts.map((salt) => encodeHex(leafHashOf({ leaf: guessed, index, salt, hash }))),
  ]
}

const PARTS = ['model', 'structure', 'response:model', 'response:structure', 'output']
const partly = (whole: Disclosure): Uint8Array =>
  formatDisclosure(discloseParts({ whole, dialect, selectors: PARTS.map(parsePartSelector), hash }).disclosure)
const closedIn = (file: Uint8Array): number => {
  const { request = [], response = [] } = parseDisclosure(file)
  return [...request, ...response].filter(({ state }) => state === 'closed').length
}

/** What an issuer would hand out that salted nothing, or every leaf alike. */
function partlyWithSalts(whole: Disclosure, saltOf: (leaf: DisclosedLeaf) => Uint8Array): Uint8Array {
  const planted = (leaves: readonly DisclosedLeaf[] = []) =>
    leaves.map((leaf): DisclosedLeaf => (leaf.state === 'open' ? { ...leaf, salt: saltOf(leaf) } : leaf))
  return partly({ ...whole, request: planted(whole.request), response: planted(whole.response) })
}

let run: ForgedRun
let guesses: readonly Uint8Array[]
beforeAll(async () => {
  run = await forgeRun()
  guesses = guessesFor(run.disclosure)
})

test('confirms nothing of what is closed', () => {
  const file = partly(run.disclosure)
  expect(closedIn(file)).toBeGreaterThan(10)
  expect(attack(file, guesses)).toEqual([])
})

test('finds every closed span of a file without salts, and of one with a single salt for all', () => {
  for (const salt of [new Uint8Array(SALT_BYTES), new Uint8Array(SALT_BYTES).fill(7)]) {
    const file = partlyWithSalts(run.disclosure, () => salt)
    const found = attack(file, guesses)
    expect(found).toHaveLength(closedIn(file))
    expect(found.join('\n')).toContain('Answer politely.')
  }
})

test('finds a single span whose salt is that of an open one', () => {
  const { request = [] } = run.disclosure
  const lender = request.find(({ role }) => role === 'model') as DisclosedLeaf & { state: 'open' }
  const file = partlyWithSalts(run.disclosure, (leaf) => {
    if (leaf.role === 'parameters') return lender.salt
    return leaf.state === 'open' ? leaf.salt : new Uint8Array(SALT_BYTES)
  })
  expect(attack(file, guesses)).toEqual([expect.stringMatching(/^request \d+: 0$/)])
})

test('a closed leaf shows the hash that was committed to, and only that', () => {
  const leaf = run.disclosure.request?.[0] as DisclosedLeaf & { state: 'open' }
  const closed = closeLeaf({ leaf, index: 0, hash })
  expect(closed).toEqual({
    ...{ state: 'closed', kind: leaf.kind, role: '', pointer: '', offset: 0, length: leaf.bytes.length },
    hash: leafHashOf({ leaf, index: 0, salt: leaf.salt, hash }),
  })
  expect(closeLeaf({ leaf: closed, index: 0, hash })).toBe(closed)
})
