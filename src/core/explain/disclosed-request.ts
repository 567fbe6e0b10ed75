/**
 * The parts of a request that a disclosure opens, as texts for people (`docs/spec/disclosure.md`).
 *
 * Nothing is shown of a record that is invalid, nor of a disclosure whose leaves do not meet the record's commitment. In
 * a whole request every byte is there, and the roles were recomputed from the bytes. In a part of one the bytes are
 * proven too, and what they are called is the issuer's claim.
 *
 * @module
 */
import { concatBytes, decodeUtf8, encodeBase64, encodeUtf8, isUtf8, joinBytes } from '../bytes/index.ts'
import { isUnreadMessage, partNamer } from '../composition/index.ts'
import type { Encoding } from '../declaration/index.ts'
import { type Dialect, dialectById, opaqueDialect } from '../dialects/index.ts'
import type { DisclosedLeaf, Disclosure } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalText, type JsonValue, parseJson } from '../json/index.ts'
import { type PassageFate, passageFates } from '../passages/index.ts'
import { isRole, type Role } from '../roles/index.ts'
import { BODY_KINDS, type CutList, isCut, type Leaf, parseCutList } from '../spans/index.ts'
import type { CheckId, CheckStatus, Report } from '../verify/index.ts'

export interface DisclosedPart {
  readonly role: Role
  /** As declarations and findings call it: `0`, `temperature`, a tool's name. */
  readonly name: string
  /** A text stands there as it is, anything else as JSON: the text 0 and the number 0 look the same and are not. */
  readonly encoding: Encoding
  readonly text: string
  /** Place in the request: a JSON Pointer, or the name of a header. */
  readonly at: string
  /** The application's own name of a retrieved passage. */
  readonly label?: string
}

export interface DisclosedRequest {
  /** In the order they were sent. */
  readonly parts: readonly DisclosedPart[]
  /** What became of the passages that the application named; of a whole request only. */
  readonly passages: readonly PassageFate[]
  /** Every byte is open, and every role recomputed. */
  readonly isWhole: boolean
  readonly closedCount: number
  /** Members and messages that the dialect does not know: a server may, and they count as parameters. */
  readonly unknownCount: number
  /** A dialect reads the body; otherwise the only parts are headers. */
  readonly isRead: boolean
  /** The bytes that are open. */
  readonly body: Uint8Array
}

export interface ExplainInput {
  readonly report: Report
  /** The one that the report is about; undefined where there is none. */
  readonly disclosure: Disclosure | undefined
}

export const statusOf = ({ checks }: Report, id: CheckId): CheckStatus =>
  checks.find((check) => check.id === id)?.status ?? 'notChecked'

/** Undefined where nothing of the request is proven. */
export function disclosedRequest({ report, disclosure }: ExplainInput): DisclosedRequest | undefined {
  const leaves = disclosure?.request
  if (leaves === undefined || report.authenticity === 'invalid') return undefined
  if (statusOf(report, 'requestBytes') !== 'pass') return undefined
  const closedCount = leaves.filter(({ state }) => state === 'closed').length
  const isWhole = closedCount === 0 && statusOf(report, 'requestClosure') === 'pass'
  const dialect = dialectById(report.facts?.dialect ?? '') ?? opaqueDialect
  const isUnknown = (leaf: DisclosedLeaf): boolean => leaf.kind === 'member' || isUnreadMessage(dialect.partNames, leaf)
  const unknownCount = leaves.filter(isUnknown).length
  const ofBody = leaves.filter(({ kind }) => IN_BODY.has(kind))
  const parts = partsOf(leaves, dialect)
  return {
    parts,
    passages: isWhole ? fatesOf(cutListOf(leaves), parts) : [],
    isWhole,
    closedCount,
    unknownCount,
    isRead: ofBody.some(({ kind }) => kind !== 'opaque'),
    body: joinBytes(ofBody.flatMap((leaf) => (leaf.state === 'open' ? [leaf.bytes] : []))),
  }
}

const IN_BODY: ReadonlySet<string> = new Set(BODY_KINDS)

type NameOf = ReturnType<typeof partNamer>

function partsOf(leaves: readonly DisclosedLeaf[], dialect: Dialect): DisclosedPart[] {
  const nameOfSpan = partNamer(dialect.partNames)
  // A label that nothing has recomputed may hold anything.
  const nameOf: NameOf = (span) => unlessMalformed(() => nameOfSpan(span)) ?? span.pointer
  const labelOf = passageLabels(leaves)
  return leaves.flatMap((leaf) => {
    const { role, pointer } = leaf
    if (leaf.kind === 'path' && leaf.state === 'open') return pathParts(leaf, dialect, nameOf)
    if (!isRole(role)) return []
    const value = leaf.state === 'closed' ? undefined : decodeLeaf(leaf)
    // Closed leaves are named too, so that the parts after them keep their names.
    const isHead = leaf.kind === 'header' || leaf.kind === 'query'
    const name = isHead ? `${leaf.kind} ${pointer}` : nameOf({ role, pointer, value: () => value })
    if (leaf.state === 'closed' || value === undefined) return []
    const label = labelOf(leaf)
    return [{ role, name, ...contentOf(leaf, value), at: pointer, ...(label === undefined ? {} : { label }) }]
  })
}

/** Some APIs name the model in their path. */
function pathParts({ bytes }: Leaf, dialect: Dialect, nameOf: NameOf): DisclosedPart[] {
  const model = isUtf8(bytes) ? dialect.modelInPath(decodeUtf8(bytes)) : undefined
  if (model === undefined) return []
  const [role, at] = ['model', 'path'] as const
  return [{ role, name: nameOf({ role, pointer: at, value: () => model }), encoding: 'text', text: model, at }]
}

/** A number whose exponent is too long for a canonical text stands there as it was sent. */
function contentOf({ bytes }: Leaf, value: JsonValue): Pick<DisclosedPart, 'encoding' | 'text'> {
  if (typeof value === 'string') return { encoding: 'text', text: value }
  return { encoding: 'json', text: unlessMalformed(() => canonicalText(value)) ?? decodeUtf8(bytes) }
}

/** Passages of one string stand in the order of its cuts. */
function passageLabels(leaves: readonly DisclosedLeaf[]): (leaf: Leaf) => string | undefined {
  const cuts = new Map<string, string[]>()
  for (const { pointer, label } of cutListOf(leaves).filter(isCut))
    cuts.set(pointer, [...(cuts.get(pointer) ?? []), label])
  const labels = new Map<DisclosedLeaf, string | undefined>()
  for (const leaf of leaves) {
    if (leaf.kind === 'text' && leaf.role === 'context') labels.set(leaf, cuts.get(leaf.pointer)?.shift())
  }
  return (leaf) => labels.get(leaf as DisclosedLeaf)
}

/** As the check of the closure has recomputed them. */
function fatesOf(cutList: CutList, parts: readonly DisclosedPart[]): readonly PassageFate[] {
  const passages = parts.filter(({ label }) => label !== undefined)
  const seen = new Map<string, number>()
  const pieces = cutList.filter(isCut).map(({ pointer }) => {
    const place = seen.get(pointer) ?? 0
    seen.set(pointer, place + 1)
    return encodeUtf8(passages.filter(({ at }) => at === pointer)[place]?.text ?? '')
  })
  return unlessMalformed(() => passageFates(cutList, pieces)) ?? []
}

function cutListOf(leaves: readonly DisclosedLeaf[]): CutList {
  const leaf = leaves.find(({ kind }) => kind === 'cutList')
  if (leaf === undefined || leaf.state === 'closed') return []
  return unlessMalformed(() => parseCutList(leaf.bytes)) ?? []
}

const QUOTE = encodeUtf8('"')
const OPEN = encodeUtf8('{')
const CLOSE = encodeUtf8('}')

/** What a leaf holds, decoded; its bytes as they are where its kind does not fit them. */
export function decodeLeaf({ kind, bytes }: Leaf): JsonValue {
  const parsed = unlessMalformed((): JsonValue | undefined => {
    if (kind === 'value') return parseJson(bytes)
    if (kind === 'text') return parseJson(concatBytes(QUOTE, bytes, QUOTE))
    if (kind !== 'member') return undefined
    const member = parseJson(concatBytes(OPEN, bytes, CLOSE))
    return member instanceof Map ? [...member.values()][0] : undefined
  })
  if (parsed !== undefined) return parsed
  return isUtf8(bytes) ? decodeUtf8(bytes) : `base64 ${encodeBase64(bytes)}`
}

function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}
