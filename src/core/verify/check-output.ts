/**
 * The output against the record's subjects, byte for byte (`docs/spec/verdicts.md`, "Against the output").
 *
 * Nothing is normalized. Where the file would match without a final newline, a byte order mark or CR LF, it stays
 * invalid, and the reason says so.
 *
 * @module
 */
import { encodeHex } from '../bytes/index.ts'
import type { Sha256 } from '../hash/index.ts'
import type { RunRecord } from '../run/index.ts'
import type { CheckSheet } from './check-sheet.ts'

export function checkOutput(input: {
  readonly output: Uint8Array | undefined
  readonly record: RunRecord
  readonly sheet: CheckSheet
  readonly hash: Sha256
}): void {
  const { output, record, sheet, hash } = input
  if (output === undefined) {
    const reason = record.outputs.length === 0 ? 'The run has no output.' : 'No output was given to compare.'
    sheet.skip('output', reason)
    return
  }
  const name = subjectOf(encodeHex(hash(output)), record)
  if (name !== undefined) {
    sheet.pass('output', `The file is ${name}, byte for byte.`)
    return
  }
  const near = NEAR_MISSES.find(({ change }) => {
    const changed = change(output)
    return changed.length < output.length && subjectOf(encodeHex(hash(changed)), record) !== undefined
  })
  const reason =
    near === undefined
      ? 'The file is not an output of this run.'
      : `The file is not an output of this run; it would be one ${near.what}. Bytes count: something changed them.`
  sheet.fail('output', reason, { code: 'OUTPUT_MISMATCH' })
}

function subjectOf(digest: string, { outputs, outcome }: RunRecord): string | undefined {
  const output = outputs.find(({ sha256 }) => sha256 === digest)
  if (output !== undefined)
    return outputs.length === 1 ? 'the output of this run' : `output ${output.choice} of this run`
  if (outcome.response.state === 'received' && outcome.response.digest === digest)
    return 'the whole response of this run'
  return undefined
}

const LF = 0x0a
const CR = 0x0d
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

function withoutFinalNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LF) return bytes
  return bytes.subarray(0, bytes.at(-2) === CR ? -2 : -1)
}

const withoutByteOrderMark = (bytes: Uint8Array): Uint8Array =>
  BYTE_ORDER_MARK.every((byte, place) => bytes[place] === byte) ? bytes.subarray(3) : bytes

/** A loop, since `filter` takes many times the memory of its bytes. */
function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  const rest = new Uint8Array(bytes.length)
  let length = 0
  for (let place = 0; place < bytes.length; place += 1) {
    if (bytes[place] !== CR || bytes[place + 1] !== LF) rest[length++] = bytes[place] as number
  }
  return rest.subarray(0, length)
}

interface NearMiss {
  readonly what: string
  readonly change: (bytes: Uint8Array) => Uint8Array
}

const NEWLINE = { what: 'its final newline', change: withoutFinalNewline }
const MARK = { what: 'its byte order mark', change: withoutByteOrderMark }
const CRLF = { what: 'the CR of its CR LF line ends', change: withoutCarriageReturns }

/** Every combination, the smaller ones first. */
const NEAR_MISSES: readonly NearMiss[] = [
  [NEWLINE],
  [MARK],
  [CRLF],
  [NEWLINE, MARK],
  [NEWLINE, CRLF],
  [MARK, CRLF],
  [NEWLINE, MARK, CRLF],
].map((changes) => ({
  what: `without ${changes.map(({ what }) => what).join(' and ')}`,
  change: (bytes) => changes.reduce((changed, { change }) => change(changed), bytes),
}))
