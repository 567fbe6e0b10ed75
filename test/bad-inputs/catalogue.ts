/**
 * What a user can do wrong on every command, and what comes of it. One table, from which the tests and the examples in
 * `docs/guide/errors.md` are made.
 *
 * @module
 */
import type { BadInput } from './bad-input.ts'
import { DECLARATION_ROWS } from './declarations.ts'
import { DISCLOSURE_ROWS } from './disclosures.ts'
import { FILE_ROWS } from './files.ts'
import { FIND_ROWS } from './finds.ts'
import { ISSUER_ROWS } from './issuers.ts'
import { NETWORK_ROWS } from './network.ts'
import { RECORD_ROWS } from './records.ts'
import { USAGE_ROWS } from './usage.ts'

export const TOPICS: Readonly<Record<string, readonly BadInput[]>> = {
  usage: USAGE_ROWS,
  files: FILE_ROWS,
  'declarations and runs': DECLARATION_ROWS,
  disclosures: DISCLOSURE_ROWS,
  'finding runs': FIND_ROWS,
  issuers: ISSUER_ROWS,
  'records and trust policies': RECORD_ROWS,
  'upstreams and gateways': NETWORK_ROWS,
}

export const CATALOGUE: readonly BadInput[] = Object.values(TOPICS).flat()
