/**
 * Of each error code one example from the catalogue, for the documentation.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import { CATALOGUE } from './catalogue.ts'
import { BAD_REQUESTS, type BadRequest } from './requests.ts'

export interface Example {
  /** What is wrong. */
  readonly what: string
  /** How it is met: a command line, or the first line of a request. */
  readonly how: string
}

/** A longer one explains less. */
const MAX_LENGTH = 90

/** What stands for a server of the tests. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { $HELD_FOLDER: 'FOLDER', $TAKEN_PORT: 'PORT' }

/** The first in the catalogue that is short enough; a command before a request. */
export function exampleOf(code: ErrorCode): Example | undefined {
  const rows = [...CATALOGUE.filter((row) => row.code === code).map(ofCommand), ...requestsOf(code).map(ofRequest)]
  return rows.find(({ how }) => how !== 'colophon' && how.length <= MAX_LENGTH)
}

const requestsOf = (code: ErrorCode): readonly BadRequest[] =>
  BAD_REQUESTS.filter((row) => row.code === code && row.to === 'gateway')

function ofCommand({ what, words }: BadInput): Example {
  const shown = words.map((word) => (word.startsWith('$') ? (PLACEHOLDERS[word] ?? 'URL') : quoted(word)))
  return { what, how: ['colophon', ...shown].join(' ') }
}

const ofRequest = ({ what, method, target }: BadRequest): Example => ({ what, how: `${method} ${target}` })

const quoted = (word: string): string => (/^[\w./:=@-]+$/.test(word) ? word : `"${word}"`)
