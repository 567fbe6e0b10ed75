/**
 * The cases of the suite, from the project's own vectors and, where they are there, the published ones.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { edwardsMatrix } from '../support/edwards-matrix.ts'
import { hasVectors } from '../support/shared-vectors.ts'
import { readWycheproof, type WycheproofFile } from '../support/wycheproof.ts'
import type { RecordCase, SignatureCase, Suite, TopicCases } from './suite.ts'

const VECTORS = join(import.meta.dirname, '..', 'vectors')

const FILES = {
  record: 'example-run/answer.txt.sigstore.json',
  output: 'example-run/answer.txt',
  disclosure: 'example-run/answer.txt.disclosure.json',
  trust: 'example-run/trust-policy.json',
} as const

/** Every so many bytes one is changed: the other tests change every one, in Node. */
const STRIDES = { record: 197, output: 16, disclosure: 999 } as const

interface VectorFile extends TopicCases {
  readonly cases: readonly VectorCase[]
}

interface VectorCase {
  readonly name: string
  readonly recordFile?: string
  readonly outputFile?: string
  readonly disclosureFile?: string
  readonly trustPolicyFile?: string
  readonly agreedDeclaration?: string
}

export function readSuite(): Suite {
  const vectors = readdirSync(VECTORS)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(VECTORS, name), 'utf8')) as VectorFile)
  const isRecord = ({ recordFile }: VectorCase): boolean => recordFile !== undefined
  const records = [
    ...givenFiles(),
    ...changedBytes(),
    ...vectors.flatMap(({ topic, cases }) => cases.filter(isRecord).map((one) => recordCase(topic, one))),
  ]
  const names = new Set(
    records.flatMap(({ record, output = record, disclosure = record, trust = record }) => [
      record,
      output,
      disclosure,
      trust,
    ]),
  )
  return {
    files: Object.fromEntries(Array.from(names, (name) => [name, contentOf(name)])),
    topics: vectors
      .map(({ topic, cases }) => ({ topic, cases: cases.filter((one) => !isRecord(one)) }))
      .filter(({ cases }) => cases.length > 0),
    records,
    signatures: signatureCases(),
  }
}

const WRONG = 'wrong.txt'

const contentOf = (name: string): string =>
  (name === WRONG ? Buffer.from('Certainly. The lamp costs 9 euros.') : readFileSync(join(VECTORS, name))).toString(
    'base64',
  )

function recordCase(topic: string, one: VectorCase): RecordCase {
  const { name, recordFile = '', outputFile, disclosureFile, trustPolicyFile, agreedDeclaration } = one
  return {
    name: `${topic}/${name}`,
    record: recordFile,
    ...(outputFile === undefined ? {} : { output: outputFile }),
    ...(disclosureFile === undefined ? {} : { disclosure: disclosureFile }),
    ...(trustPolicyFile === undefined ? {} : { trust: trustPolicyFile }),
    ...(agreedDeclaration === undefined ? {} : { agreedDeclarationId: agreedDeclaration }),
  }
}

/** Each way to leave files out, and what does not belong together. */
function givenFiles(): readonly RecordCase[] {
  const { record, ...others } = FILES
  const subsets = Array.from({ length: 8 }, (_, set) =>
    Object.entries(others).filter((_, place) => (set >> place) % 2 === 1),
  )
  return [
    ...subsets.map((given) => ({
      name: `record with ${given.map(([of]) => of).join(', ') || 'nothing'}`,
      record,
      ...Object.fromEntries(given),
    })),
    { name: 'another answer', ...FILES, output: WRONG },
    { name: 'another declaration was agreed on', ...FILES, agreedDeclarationId: '00'.repeat(32) },
    { name: 'an answer in place of the record', ...FILES, record: FILES.output },
    { name: 'a disclosure in place of the record', ...FILES, record: FILES.disclosure },
    { name: 'a record in place of the disclosure', ...FILES, disclosure: record },
  ]
}

const changedBytes = (): readonly RecordCase[] =>
  (['record', 'output', 'disclosure'] as const).flatMap((of) =>
    Array.from({ length: readFileSync(join(VECTORS, FILES[of])).length }, (_, at) => at)
      .filter((at) => at % STRIDES[of] === 0)
      .map((at) => ({ name: `${of}, byte ${at} changed`, ...FILES, change: { of, at, xor: 1 } })),
  )

const WYCHEPROOF: readonly (readonly [WycheproofFile, SignatureCase['kind']])[] = [
  ['ecdsa_secp256r1_sha256_test', 'p256'],
  ['ecdsa_secp256r1_sha256_p1363_test', 'p256'],
  ['ed25519_test', 'ed25519'],
]

function signatureCases(): readonly SignatureCase[] {
  const published = hasVectors('wycheproof')
    ? WYCHEPROOF.flatMap(([file, kind]) =>
        readWycheproof(file).map(({ name, input }) => ({ name: `${file} ${name}`, kind, input: hexOf(input) })),
      )
    : []
  // One message of each; all are tried beside the code.
  const matrix = edwardsMatrix()
    .filter(({ name }) => name.endsWith('message 0'))
    .map(({ name, input }) => ({ name, kind: 'ed25519' as const, input: hexOf(input) }))
  return [...published, ...matrix]
}

const hexOf = (input: {
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
  readonly message: Uint8Array
}): SignatureCase['input'] => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  return [hex(input.publicKey), hex(input.signature), hex(input.message)]
}
