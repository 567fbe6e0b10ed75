/**
 * Opens everything of a stored run: its declaration, and request and response leaf by leaf (`docs/spec/disclosure.md`).
 *
 * The messages are cut again from the bytes that are kept, by the dialect that the binding names, and the salts are
 * derived again from the run's secret; so the leaves are those that the commitments were made of.
 *
 * @module
 */
import { type Dialect, dialectById, type RequestCut } from '../../core/dialects/index.ts'
import type { DisclosedDeclaration, DisclosedLeaf, Disclosure } from '../../core/disclosure/index.ts'
import { parseEnvelope } from '../../core/dsse/index.ts'
import { ColophonError } from '../../core/errors.ts'
import {
  mismatch,
  type ObjectReader,
  parseCanonicalJson,
  parseJson,
  readArray,
  readObject,
  readString,
} from '../../core/json/index.ts'
import { parseBindingStatement } from '../../core/run/index.ts'
import {
  contentTypeOf,
  type Direction,
  type Header,
  type Leaf,
  parseCutList,
  type RequestHead,
  type ResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
  saltAt,
} from '../../core/spans/index.ts'
import type { DeclarationRow, OutcomeRow, RunRow } from '../registry/index.ts'
import { readDeclarationRow } from './declare.ts'
import type { SaltSource } from './recorder-options.ts'

export interface DiscloseRunInput {
  readonly run: RunRow
  /** The declaration that the run was bound to; left out of the disclosure where it is undefined. */
  readonly declaration: DeclarationRow | undefined
  readonly salts: SaltSource
}

/**
 * All leaves open. A run that is still open has no response yet.
 *
 * @throws {ColophonError} RUN_ERASED
 * @throws {ColophonError} VERSION_UNSUPPORTED  the run was bound with a dialect that this software does not have
 */
export function discloseRun({ run, declaration, salts }: DiscloseRunInput): Disclosure {
  if (run.erasure !== undefined) {
    throw new ColophonError('RUN_ERASED', `the contents were erased at ${run.erasure.erasedAt}`, { at: run.runId })
  }
  const dialect = dialectOf(run)
  const opened = (direction: Direction, leaves: readonly Leaf[]): DisclosedLeaf[] => {
    const all = salts({ secret: run.secret, direction, count: leaves.length })
    return leaves.map((leaf, index) => ({ state: 'open', ...leaf, salt: saltAt(all, index) }))
  }
  const { outcome } = run
  return {
    runId: run.runId,
    ...(declaration === undefined ? {} : { declaration: discloseDeclaration(declaration) }),
    request: opened('request', requestLeaves(dialect, run)),
    ...(outcome === undefined || !hasResponse(outcome)
      ? {}
      : { response: opened('response', responseLeaves(dialect, outcome)) }),
  }
}

/** The dialect that the binding names. @throws {ColophonError} VERSION_UNSUPPORTED */
export function dialectOf({ statement }: RunRow): Dialect {
  const { payload } = parseEnvelope(parseJson(statement.envelope))
  const { dialect: id } = parseBindingStatement(payload).request
  const dialect = dialectById(id)
  if (dialect === undefined) throw new ColophonError('VERSION_UNSUPPORTED', `this software has no dialect ${id}`)
  return dialect
}

function discloseDeclaration(row: DeclarationRow): DisclosedDeclaration {
  const { declaration, contents } = readDeclarationRow(row)
  return { document: declaration, contents }
}

export function requestLeaves(dialect: Dialect, run: RunRow): Leaf[] {
  const { head, cut } = cutStoredRequest(dialect, run)
  return [...requestHeadLeaves(head, run.cutList), ...cut.leaves]
}

export function cutStoredRequest(
  dialect: Dialect,
  run: RunRow,
): { readonly head: RequestHead; readonly cut: RequestCut } {
  const head = readRequestHead(run.requestHead)
  const { method, path } = head
  const cut = dialect.cutRequest({
    method,
    path,
    contentType: contentTypeOf(head),
    body: run.requestBody,
    cutList: parseCutList(run.cutList),
  })
  return { head, cut }
}

/** A run that got no answer at all has an empty head, which no response has. */
const hasResponse = ({ responseHead }: OutcomeRow): boolean => responseHead.length > 0

export function responseLeaves(dialect: Dialect, { responseHead, responseBody }: OutcomeRow): Leaf[] {
  const head = readResponseHead(responseHead)
  const cut = dialect.cutResponse({ status: head.status, contentType: contentTypeOf(head), body: responseBody })
  return [...responseHeadLeaves(head), ...cut.leaves]
}

function readRequestHead(bytes: Uint8Array): RequestHead {
  const reader = readObject(parseCanonicalJson(bytes), '')
  const head = {
    method: reader.string('method'),
    path: reader.string('path'),
    query: readPairs(reader, 'query'),
    headers: readPairs(reader, 'headers'),
    unrecordedQuery: reader.integer('unrecordedQuery'),
    unrecordedHeaders: reader.integer('unrecordedHeaders'),
  }
  reader.end()
  return head
}

function readResponseHead(bytes: Uint8Array): ResponseHead {
  const reader = readObject(parseCanonicalJson(bytes), '')
  const head = {
    status: reader.integer('status'),
    headers: readPairs(reader, 'headers'),
    unrecordedHeaders: reader.integer('unrecordedHeaders'),
  }
  reader.end()
  return head
}

const readPairs = (reader: ObjectReader, name: string): Header[] =>
  reader.array(name).map((pair): Header => {
    const [key, value, ...others] = readArray(pair).map((item) => readString(item))
    if (key === undefined || value === undefined || others.length > 0) throw mismatch(pair, 'a name and a value')
    return [key, value]
  })
