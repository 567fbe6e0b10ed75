/**
 * Accounts for every byte of a recorded exchange, the request's and the answer's.
 *
 * @module
 */
import { joinBytes } from '../../src/core/bytes/index.ts'
import { type Dialect, dialectFor, opaqueDialect, type RequestCut } from '../../src/core/dialects/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { locatePassages } from '../../src/core/passages/index.ts'
import { SENT_ROLES } from '../../src/core/roles/index.ts'
import {
  type CutList,
  contentTypeOf,
  type Leaf,
  type RequestHead,
  recordRequestHead,
} from '../../src/core/spans/index.ts'
import { PASSAGE } from './call.ts'
import { ANSWER } from './provider/api.ts'
import type { Exchange } from './provider/start-provider.ts'
import { scalarsOf } from './scalars.ts'

export interface Account {
  readonly dialect: Dialect
  readonly head: RequestHead
  readonly cut: RequestCut
}

/** As a recorder reads a request: by its dialect, with the passage that the application named in its place. */
export function accountFor({ method, path, query, headers, body }: Exchange): Account {
  const dialect = dialectFor({ method, path })
  const head = recordRequestHead({ method, path, query, headers })
  const read = (cutList: CutList): RequestCut =>
    dialect.cutRequest({ method, path, contentType: contentTypeOf(head), body, cutList })
  const cutList = locatePassages({ leaves: read([]).leaves, passages: [{ ...PASSAGE, rank: 0 }], hash: sha256 })
  return { dialect, head, cut: read(cutList) }
}

/**
 * What of a request is not accounted for.
 *
 * @param expected.unknown places of members that no dialect knows
 */
export function unaccounted(
  { dialect, cut }: Account,
  { body }: Exchange,
  { unknown = [] }: { readonly unknown?: readonly string[] },
): string[] {
  if (dialect === opaqueDialect) return ['opaque: no dialect of this version reads it']
  const members = cut.leaves.filter(({ kind }) => kind === 'member').map(({ pointer }) => pointer)
  return [
    ...tilingProblems(cut.leaves, body),
    ...cut.leaves.filter((leaf) => !hasRole(leaf)).map(({ kind, pointer }) => `a ${kind} at ${pointer} has no role`),
    ...hiddenScalars(cut.leaves, body).map((pointer) => `${pointer} hides in structure`),
    ...members.filter((pointer) => !unknown.includes(pointer)).map((pointer) => `${pointer} is unknown to the dialect`),
    ...unknown.filter((pointer) => !members.includes(pointer)).map((pointer) => `${pointer} is not sent, or known`),
    ...cut.passages
      .filter(({ state }) => state !== 'whole')
      .map(({ label, state }) => `the passage ${label} is ${state}`),
  ]
}

function tilingProblems(leaves: readonly Leaf[], body: Uint8Array): string[] {
  let end = 0
  for (const { offset, bytes, kind } of leaves) {
    if (offset !== end || bytes.length === 0) return [`a ${kind} begins at ${offset}, the one before it ends at ${end}`]
    end += bytes.length
  }
  return Buffer.from(joinBytes(leaves.map(({ bytes }) => bytes))).equals(body) ? [] : ['the spans are not the body']
}

const hasRole = ({ kind, role }: Leaf): boolean =>
  kind === 'structure' ? role === '' : kind !== 'opaque' && (SENT_ROLES as readonly string[]).includes(role)

/** Members that say what something is, and nothing that a model is told. */
const DISCRIMINATOR = /\/(?:role|type)$/

/** Brackets, which hold nothing. */
const EMPTY: ReadonlySet<string> = new Set(['{}', '[]'])

/** Values that stand in no span of their own or of what they are part of. */
function hiddenScalars(leaves: readonly Leaf[], body: Uint8Array): string[] {
  const spans = new Set(leaves.filter(({ kind }) => kind !== 'structure').map(({ pointer }) => pointer))
  const isInSpan = (pointer: string): boolean =>
    spans.has(pointer) || (pointer !== '' && isInSpan(pointer.slice(0, pointer.lastIndexOf('/'))))
  return scalarsOf(JSON.parse(Buffer.from(body).toString()))
    .filter(({ text }) => !EMPTY.has(text))
    .map(({ pointer }) => pointer)
    .filter((pointer) => !isInSpan(pointer) && !DISCRIMINATOR.test(pointer))
}

/** How the dialect reads the answer, where that is not what the stand-in said and the client gave. */
export function misread({ dialect }: Account, { response }: Exchange, text: string): string[] {
  const { outputs, shape, leaves } = dialect.cutResponse(response)
  const outputTexts = outputs.map((output) => Buffer.from(output.text).toString())
  const said = ANSWER.join('')
  return [
    ...(text === said ? [] : [`the client gives the answer as ${JSON.stringify(text)}`]),
    ...(outputTexts.length === 1 && outputTexts[0] === said ? [] : [`the answer reads ${JSON.stringify(outputTexts)}`]),
    ...(shape === 'complete' ? [] : [`the answer is ${shape}`]),
    ...tilingProblems(leaves, response.body).map((problem) => `the answer: ${problem}`),
  ]
}
