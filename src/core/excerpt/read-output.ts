/**
 * The text of an answer, as far as its open leaves show it (`docs/spec/disclosure.md`, "Excerpts").
 *
 * Leaves that stand beside one another and are all open give text without a gap. Where one between them is closed, nobody
 * knows what it holds, and a new text begins. That a leaf is of the role `output` is its label: the issuer's word, until
 * the whole response is there.
 *
 * @module
 */
import { concatBytes, decodeUtf8, encodeUtf8, joinBytes } from '../bytes/index.ts'
import type { Dialect, ResponseCut } from '../dialects/index.ts'
import type { DisclosedLeaf } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { parseJson } from '../json/index.ts'
import type { Leaf } from '../spans/index.ts'

/** What one leaf shows of an answer. */
export interface OutputPiece {
  /** Place of the leaf in the message. */
  readonly index: number
  readonly leaf: Leaf
  readonly text: string
}

/** Text without a gap: of one string, or of one choice of a stream. */
export type OutputText = readonly OutputPiece[]

/** Neither role nor kind is believed further than this: what is not text where it should be is left out. */
export function readOutput(leaves: readonly DisclosedLeaf[], dialect: Dialect): readonly OutputText[] {
  return [...joined(piecesOfStrings(leaves)), ...joined(piecesOfEvents(leaves, dialect))]
}

const OUTPUT_ROLE = 'output'

interface KeyedPiece extends OutputPiece {
  /** Pieces of one key are one text. */
  readonly key: string
}

function joined(pieces: readonly KeyedPiece[]): readonly OutputText[] {
  const texts = new Map<string, OutputPiece[]>()
  for (const { key, ...piece } of pieces) {
    const text = texts.get(key)
    if (text === undefined) texts.set(key, [piece])
    else text.push(piece)
  }
  return [...texts.values()]
}

function piecesOfStrings(leaves: readonly DisclosedLeaf[]): readonly KeyedPiece[] {
  let run = 0
  return leaves.flatMap((leaf, index): KeyedPiece[] => {
    const text = leaf.state === 'open' && leaf.role === OUTPUT_ROLE ? textOfString(leaf) : undefined
    if (leaf.state === 'open' && text !== undefined) return [{ key: `${run} ${leaf.pointer}`, index, leaf, text }]
    run += 1
    return []
  })
}

const QUOTE = encodeUtf8('"')

function textOfString({ kind, bytes }: Leaf): string | undefined {
  if (kind !== 'text' && kind !== 'value') return undefined
  try {
    const value = parseJson(kind === 'text' ? concatBytes(QUOTE, bytes, QUOTE) : bytes)
    return typeof value === 'string' ? value : undefined
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

interface OpenEvent {
  readonly index: number
  readonly leaf: Leaf
  /** Events of one run stand beside one another. */
  readonly run: number
}

/** The open events are read as one stream: what an event says can rest on those before it. */
function piecesOfEvents(leaves: readonly DisclosedLeaf[], dialect: Dialect): readonly KeyedPiece[] {
  const events = openEvents(leaves)
  if (events.length === 0) return []
  return readStream(events, dialect).pieces.flatMap(({ event, choice, text }): KeyedPiece[] => {
    const { index, leaf, run } = events[event] as OpenEvent
    return leaf.role === OUTPUT_ROLE ? [{ key: `${run} ${choice}`, index, leaf, text: decodeUtf8(text) }] : []
  })
}

function openEvents(leaves: readonly DisclosedLeaf[]): readonly OpenEvent[] {
  let run = 0
  return leaves.flatMap((leaf, index): OpenEvent[] => {
    if (leaf.state === 'open' && leaf.kind === 'event') return [{ index, leaf, run }]
    run += 1
    return []
  })
}

const STREAM_TYPES = ['text/event-stream', 'application/x-ndjson']

/** As the kind of stream in which each leaf is one event; nothing where there is none. */
function readStream(events: readonly OpenEvent[], dialect: Dialect): Pick<ResponseCut, 'pieces'> {
  const body = joinBytes(events.map(({ leaf }) => leaf.bytes))
  const cuts = STREAM_TYPES.map((contentType) => dialect.cutResponse({ status: 200, contentType, body }))
  const isSame = ({ leaves }: ResponseCut): boolean =>
    leaves.length === events.length &&
    leaves.every(({ kind, bytes }, at) => kind === 'event' && bytes.length === events[at]?.leaf.bytes.length)
  return cuts.find((cut) => cut.pieces.length > 0 && isSame(cut)) ?? { pieces: [] }
}
