/**
 * A map of what a disclosure shows: every span of request and response in order, open ones readable, closed ones with
 * what the issuer says of them (`docs/spec/explain.md`, "The map").
 *
 * There is no map of a message whose leaves do not meet the record's commitment, nor of an invalid record.
 *
 * @module
 */
import { decodeUtf8, encodeBase64, isUtf8 } from '../bytes/index.ts'
import type { DisclosedLeaf } from '../disclosure/index.ts'
import type { Direction, LeafLabel } from '../spans/index.ts'
import { decodeLeaf, type ExplainInput, statusOf } from './disclosed-request.ts'
import { viewOf } from './section.ts'

export interface MessageMap {
  readonly message: Direction
  /** Every byte is open, and every label recomputed. */
  readonly isWhole: boolean
  readonly openCount: number
  readonly closedCount: number
  /** What is proven of it, and by whom. */
  readonly proven: string
  /** What is only claimed. */
  readonly claimed: string
  readonly spans: readonly MappedSpan[]
}

export interface MappedSpan extends LeafLabel {
  /** Place among the spans. */
  readonly index: number
  readonly state: 'open' | 'closed'
  readonly length: number
  /** The bytes of an open one as they stand: as text where they are UTF-8. */
  readonly text?: string
  readonly base64?: string
  /** The same decoded: of a string what it says. */
  readonly reading?: string
}

/** Of the request, of the response, of both, or of neither. */
export function mapDisclosure(input: ExplainInput): readonly MessageMap[] {
  const view = viewOf(input)
  if (view === undefined) return []
  const messages: readonly Direction[] = ['request', 'response']
  return messages.flatMap((message) => {
    const leaves = input.disclosure?.[message]
    if (leaves === undefined || statusOf(input.report, `${message}Bytes`) !== 'pass') return []
    const isWhole = statusOf(input.report, `${message}Closure`) === 'pass'
    return [mapMessage({ message, leaves, isWhole, signer: view.signer })]
  })
}

function mapMessage(input: {
  readonly message: Direction
  readonly leaves: readonly DisclosedLeaf[]
  readonly isWhole: boolean
  readonly signer: string
}): MessageMap {
  const { message, leaves, isWhole, signer } = input
  const closedCount = leaves.filter(({ state }) => state === 'closed').length
  const openCount = leaves.length - closedCount
  return {
    message,
    isWhole,
    openCount,
    closedCount,
    proven: isWhole
      ? `All ${openCount} spans are open: every byte of the ${message} is here at its place, ${signer} committed to them and no others, and what each span is called was recomputed.`
      : `${openCount} of ${leaves.length} spans are open: each is, with its name and its place, what ${signer} committed to.`,
    claimed: isWhole ? 'Nothing.' : claimedOf(closedCount),
    spans: leaves.map(mapSpan),
  }
}

const claimedOf = (closedCount: number): string =>
  `That open spans are called by their right names; and all that is said of the ${closedCount} closed ones: each could hold more than it says.`

function mapSpan(leaf: DisclosedLeaf, index: number): MappedSpan {
  const { state, kind, role, pointer, offset } = leaf
  const label = { index, state, kind, role, pointer, offset }
  if (leaf.state === 'closed') return { ...label, length: leaf.length }
  const { bytes } = leaf
  const shown = isUtf8(bytes) ? { text: decodeUtf8(bytes) } : { base64: encodeBase64(bytes) }
  return { ...label, length: bytes.length, ...shown, reading: readingOf(leaf) }
}

/** Of strings what they say; of everything else the bytes as they stand. */
function readingOf(leaf: DisclosedLeaf & { readonly state: 'open' }): string {
  const { bytes, kind } = leaf
  const value = kind === 'value' || kind === 'text' ? decodeLeaf(leaf) : undefined
  if (typeof value === 'string') return value
  return isUtf8(bytes) ? decodeUtf8(bytes) : `base64 ${encodeBase64(bytes)}`
}
