/**
 * The numbers of runs: per stream from 0, without gaps among those that became durable (`docs/spec/binding.md`,
 * "Sequence").
 *
 * A number stands in the signed binding before the log has taken it. Where the log refuses one, the stream ends with the
 * number before: later numbers of it are refused too, and runs from then on are numbered in a new stream.
 *
 * @module
 */
import { encodeHex } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'

export interface RunNumber {
  /** Hex, 16 random bytes. */
  readonly stream: string
  readonly number: number
  /** To be called where the log takes the binding. @throws {ColophonError} RUN_NOT_RECORDED: an earlier one is lost */
  readonly requireNoGap: () => void
  /** The number will never be durable. */
  readonly lose: () => void
}

interface Stream {
  readonly id: string
  next: number
  /** The lowest lost number. */
  end: number
}

/** @returns the next number at each call; they have to reach the log in this order */
export function runNumbers(randomBytes: (count: number) => Uint8Array): () => RunNumber {
  const newStream = (): Stream => ({ id: encodeHex(randomBytes(16)), next: 0, end: Number.POSITIVE_INFINITY })
  let current = newStream()
  return () => {
    const stream = current
    const number = stream.next
    stream.next += 1
    return {
      stream: stream.id,
      number,
      requireNoGap: () => {
        if (number > stream.end)
          throw new ColophonError('RUN_NOT_RECORDED', 'an earlier run of the stream could not be recorded')
      },
      lose: () => {
        stream.end = Math.min(stream.end, number)
        if (current === stream) current = newStream()
      },
    }
  }
}
