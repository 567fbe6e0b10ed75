/**
 * What every implementation of the verifier must do alike: the project's vectors to values and codes, records to reports
 * and explanations, signatures to answers.
 *
 * Pure: it needs the core and web standards alone, and its cases are handed in as JSON, so that Node and a browser run
 * the very same file on the very same cases.
 *
 * @module
 */
import { decodeBase64, decodeHex } from '../../src/core/bytes/index.ts'
import { ColophonError } from '../../src/core/errors.ts'
import { explainRun, readableDisclosure } from '../../src/core/explain/index.ts'
import type { Sha256 } from '../../src/core/hash/index.ts'
import type { SignatureVerifier } from '../../src/core/signature/index.ts'
import { parseTrustPolicy, verifyRecord } from '../../src/core/verify/index.ts'
import { RUNS } from '../../tools/vectors/run/runs.ts'

export interface Suite {
  /** Base64, by a name; many cases share a file. */
  readonly files: Readonly<Record<string, string>>
  readonly topics: readonly TopicCases[]
  readonly records: readonly RecordCase[]
  readonly signatures: readonly SignatureCase[]
}

/** A file of `test/vectors`. */
export interface TopicCases {
  readonly topic: string
  readonly cases: readonly { readonly name: string }[]
}

/** Members are names in `files`. */
export interface RecordCase {
  readonly name: string
  readonly record: string
  readonly output?: string
  readonly disclosure?: string
  readonly trust?: string
  readonly agreedDeclarationId?: string
  /** One byte of one of them that is another. */
  readonly change?: { readonly of: 'record' | 'output' | 'disclosure'; readonly at: number; readonly xor: number }
}

export interface SignatureCase {
  readonly name: string
  readonly kind: 'p256' | 'ed25519'
  /** Public key, signature and message, in hexadecimal. */
  readonly input: readonly [publicKey: string, signature: string, message: string]
}

export interface Result {
  readonly name: string
  /** JSON of a value or a code, or of a report and its explanation; for a signature whether it is valid. */
  readonly outcome: string | boolean
}

export interface Crypto {
  readonly verifier: SignatureVerifier
  readonly hash: Sha256
}

export async function runSuite(suite: Suite, crypto: Crypto): Promise<readonly Result[]> {
  const { files, topics, records, signatures } = suite
  const bytes = new Map(Object.entries(files).map(([name, base64]) => [name, decodeBase64(base64)]))
  const results: Result[] = []
  for (const { topic, cases } of topics) {
    for (const { name, ...input } of cases) {
      results.push({ name: `${topic}/${name}`, outcome: await outcomeOf(topic, input) })
    }
  }
  for (const one of records) results.push({ name: one.name, outcome: await reportOf(one, bytes, crypto) })
  for (const { name, kind, input } of signatures) {
    const [publicKey, signature, message] = input.map((hex) => decodeHex(hex, {})) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    results.push({ name, outcome: await crypto.verifier[kind]({ publicKey, signature, message }) })
  }
  return results
}

/** What must come out of a case of a topic, as its file says it. */
function outcomeOf(topic: string, input: object): Promise<string> {
  const run = RUNS[topic]
  if (run === undefined) throw new Error(`nothing runs the topic ${topic}`)
  return acceptOrReject(() => run(input))
}

/** JSON with a value as `accept`, or a code as `reject`. */
async function acceptOrReject(run: () => unknown): Promise<string> {
  try {
    const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)
    return JSON.stringify({ accept: await run() }, bigints)
  } catch (error) {
    if (ColophonError.is(error)) return JSON.stringify({ reject: error.code })
    throw error
  }
}

function reportOf(
  { change, agreedDeclarationId, ...names }: RecordCase,
  files: ReadonlyMap<string, Uint8Array>,
  crypto: Crypto,
): Promise<string> {
  const fileOf = (of: 'record' | 'output' | 'disclosure' | 'trust'): Uint8Array | undefined => {
    const name = names[of]
    if (name === undefined) return undefined
    const bytes = files.get(name)
    if (bytes === undefined) throw new Error(`there is no file ${name}`)
    return change?.of === of ? bytes.with(change.at, (bytes[change.at] as number) ^ change.xor) : bytes
  }
  const [output, disclosure, trustFile] = [fileOf('output'), fileOf('disclosure'), fileOf('trust')]
  // A record is never refused, only reported on; the verifier's own file can be.
  return acceptOrReject(async () => {
    const trust = trustFile === undefined ? undefined : parseTrustPolicy(trustFile)
    const evidence = { record: fileOf('record') as Uint8Array, output, disclosure }
    const report = await verifyRecord(evidence, { trust, agreedDeclarationId, ...crypto })
    return { report, explanation: explainRun({ report, disclosure: readableDisclosure(disclosure) }) }
  })
}
