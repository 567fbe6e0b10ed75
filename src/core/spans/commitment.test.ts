import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import { concatBytes } from '../bytes/index.ts'
import { preAuthEncoding } from '../dsse/index.ts'
import { sha256 } from '../hash/index.ts'
import { leafHash as logLeafHash, nodeHash as logNodeHash } from '../merkle/index.ts'
import { commitmentOf, deriveSalts, hashLeaves, type Leaf, leafHashOf, saltAt } from './index.ts'

/** The formats once more, from the words of the specification and with nothing of the project. */
const lp = (data: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(data)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
const digest = (tag: string, ...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(`${tag}\n`).update(Buffer.concat(parts)).digest()

const oracleLeaf = (leaf: Leaf, index: number, salt: Uint8Array): Buffer => {
  const { kind, role, pointer, offset, bytes } = leaf
  const place = [u64(index), u64(offset), u64(bytes.length)]
  return digest('colophon/leaf/v1', lp(salt), lp(kind), lp(role), lp(pointer), ...place, bytes)
}
const oracleRoot = (hashes: readonly Buffer[]): Buffer => {
  if (hashes.length === 1) return hashes[0] as Buffer
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return digest('colophon/node/v1', oracleRoot(hashes.slice(0, split)), oracleRoot(hashes.slice(split)))
}
const oracleSalt = (secret: Uint8Array, direction: string, index: number): Buffer =>
  createHmac('sha256', secret)
    .update(Buffer.concat([Buffer.from('colophon/salt/v1\n'), lp(direction), u64(index)]))
    .digest()
    .subarray(0, 16)

const SECRET = new Uint8Array(32).fill(7)
const DIALECT = 'openai-chat-completions/1'

interface Message {
  readonly leaves: readonly Leaf[]
  readonly secret?: Uint8Array
  readonly direction?: 'request' | 'response'
  readonly dialect?: string
  readonly bodyLength?: number
}

function commitmentTo(message: Message): string {
  const { leaves, secret = SECRET, direction = 'request', dialect = DIALECT, bodyLength = 9 } = message
  const salts = deriveSalts({ secret, direction, count: leaves.length })
  const leafHashes = hashLeaves({ leaves, salts, hash: sha256 })
  return Buffer.from(commitmentOf({ direction, dialect, leafHashes, bodyLength, hash: sha256 })).toString('hex')
}

const leaf = (text: string, changes: Partial<Leaf> = {}): Leaf => ({
  kind: 'value',
  role: 'parameters',
  pointer: '/temperature',
  offset: 0,
  bytes: Buffer.from(text),
  ...changes,
})
const hashOf = (one: Leaf, index = 0, salt: Uint8Array = new Uint8Array(16)): string =>
  Buffer.from(leafHashOf({ leaf: one, index, salt, hash: sha256 })).toString('hex')

const anyLeaf: fc.Arbitrary<Leaf> = fc.record({
  kind: fc.constantFrom('method', 'header', 'structure', 'value', 'text', 'member', 'event', 'opaque'),
  role: fc.constantFrom('', 'model', 'input', 'parameters'),
  pointer: anyText(8),
  offset: fc.nat(),
  bytes: fc.uint8Array({ maxLength: 40 }),
})

describe('commitment', () => {
  test('is what the specification says, whatever the leaves', () => {
    const parameters = fc.record({
      leaves: fc.array(anyLeaf, { minLength: 1, maxLength: 20 }),
      secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      direction: fc.constantFrom('request', 'response'),
      bodyLength: fc.maxSafeNat(),
    })
    fc.assert(
      fc.property(parameters, (message) => {
        const { leaves, secret, direction, bodyLength } = message
        const hashes = leaves.map((one, index) => oracleLeaf(one, index, oracleSalt(secret, direction, index)))
        const counts = [u64(leaves.length), u64(bodyLength)]
        const want = digest('colophon/commitment/v1', lp(direction), lp(DIALECT), ...counts, oracleRoot(hashes))
        expect(commitmentTo(message)).toBe(want.toString('hex'))
      }),
    )
  })

  test('depends on each thing it says', () => {
    const leaves = [leaf('1'), leaf('2', { offset: 1 }), leaf('3', { offset: 2 })]
    const [a, b, c] = leaves as [Leaf, Leaf, Leaf]
    const variants: Message[] = [
      { leaves },
      { leaves: [b, a, c] },
      { leaves: [a, b] },
      { leaves: [a, b, c, c] }, // CVE-2012-2459
      { leaves, dialect: 'openai-chat-completions/2' },
      { leaves, direction: 'response' },
      { leaves, bodyLength: 10 },
      { leaves, secret: new Uint8Array(32).fill(8) },
    ]
    expect(new Set(variants.map(commitmentTo)).size).toBe(variants.length)
  })

  test('of nothing is refused', () => {
    expect(() => commitmentTo({ leaves: [] })).toThrow(RangeError)
  })

  test('no inner node passes for a leaf, nor a leaf or node for one of the log or of another format', () => {
    const hashes = [leaf('1'), leaf('2')].map((one, index) => oracleLeaf(one, index, new Uint8Array(16)))
    const [left, right] = hashes as [Buffer, Buffer]
    const both = Uint8Array.from(concatBytes(left, right))
    const node = oracleRoot(hashes).toString('hex')
    const others = [
      hashOf(leaf('', { bytes: both })),
      Buffer.from(logLeafHash(both)).toString('hex'),
      Buffer.from(logNodeHash({ left, right })).toString('hex'),
      Buffer.from(sha256(both)).toString('hex'),
      Buffer.from(sha256(preAuthEncoding({ payloadType: 'x', payload: both }))).toString('hex'),
    ]
    expect(others).not.toContain(node)
    // A tree of one leaf commits to that leaf; the node of two under it is another commitment, the count being inside.
    const rootAsLeaf = { direction: 'request', dialect: DIALECT, bodyLength: 9, hash: sha256 } as const
    const short = commitmentOf({ ...rootAsLeaf, leafHashes: [oracleRoot(hashes)] })
    const whole = commitmentOf({ ...rootAsLeaf, leafHashes: hashes })
    expect(short).not.toEqual(whole)
  })
})

describe('leaf', () => {
  test('values that look alike have different leaves', () => {
    const texts = ['null', '""', '0', '"0"', 'false', '[]', '{}', '']
    expect(new Set(texts.map((text) => hashOf(leaf(text)))).size).toBe(texts.length)
  })

  test('a value passes for no other place, role or kind', () => {
    const places = ['/messages/0/content', '/messages/1/content', '/a~1b', '/a/b', '/~0', '/', '', '/0', '/__proto__']
    const variants = [
      ...places.map((pointer) => hashOf(leaf('1', { pointer }))),
      hashOf(leaf('1', { role: 'input' })),
      hashOf(leaf('1', { kind: 'member' })),
      hashOf(leaf('1', { offset: 1 })),
      hashOf(leaf('1'), 1),
      hashOf(leaf('1'), 0, new Uint8Array(16).fill(1)),
    ]
    expect(new Set(variants).size).toBe(variants.length)
  })

  test('no byte moves from one part of a leaf to the next', () => {
    expect(hashOf(leaf('b', { pointer: '/a' }))).not.toBe(hashOf(leaf('', { pointer: '/ab' })))
    expect(hashOf(leaf('1', { role: 'inputx', pointer: '' }))).not.toBe(
      hashOf(leaf('1', { role: 'input', pointer: 'x' })),
    )
  })

  test('a salt of another length is refused', () => {
    expect(() => hashOf(leaf('1'), 0, new Uint8Array(15))).toThrow(RangeError)
    expect(() => hashLeaves({ leaves: [leaf('1')], salts: new Uint8Array(32), hash: sha256 })).toThrow(RangeError)
  })
})

describe('salts', () => {
  test('are 16 bytes each and distinct over indexes, directions and runs', () => {
    const seen = new Set<string>()
    for (const secret of [SECRET, new Uint8Array(32).fill(8)]) {
      for (const direction of ['request', 'response'] as const) {
        const salts = deriveSalts({ secret, direction, count: 300 })
        expect(salts.length).toBe(300 * 16)
        for (let index = 0; index < 300; index += 1) seen.add(Buffer.from(saltAt(salts, index)).toString('hex'))
      }
    }
    expect(seen.size).toBe(1200)
  })

  test('equal values have different leaves in one message', () => {
    const salts = deriveSalts({ secret: SECRET, direction: 'request', count: 2 })
    const same = [0, 1].map((index) => hashOf(leaf('0'), 0, saltAt(salts, index)))
    expect(same[0]).not.toBe(same[1])
  })

  test('a host may bring its own HMAC; a secret of another length is refused', () => {
    const host = deriveSalts({ secret: SECRET, direction: 'request', count: 3 }, ({ key, message }) => {
      return Uint8Array.from(createHmac('sha256', key).update(message).digest())
    })
    expect(host).toEqual(deriveSalts({ secret: SECRET, direction: 'request', count: 3 }))
    expect(() => deriveSalts({ secret: SECRET.subarray(1), direction: 'request', count: 1 })).toThrow(RangeError)
  })
})
