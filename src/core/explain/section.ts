/**
 * What one answer of an explanation looks like, and what all answers are made from.
 *
 * @module
 */
import type { Disclosure } from '../disclosure/index.ts'
import type { RecordFacts, Report } from '../verify/index.ts'
import { type DisclosedRequest, disclosedRequest, type ExplainInput } from './disclosed-request.ts'

export type SectionId = 'instructions' | 'context' | 'tools' | 'model' | 'composition'

/** The questions, in the order of their answers. */
export const QUESTIONS: Readonly<Record<SectionId, string>> = {
  instructions: 'Which system prompt was active?',
  context: 'What retrieved context was assembled?',
  tools: 'Which tools were in scope?',
  model: 'Is the model that answered the one that was intended?',
  composition: 'Did the composition keep its declared policy?',
}

/**
 * - `proven`: recomputed here from bytes that the signer committed to
 * - `claimed`: the signer's word, or shown in part only
 * - `unknown`: nothing here says
 */
export type Standing = 'proven' | 'claimed' | 'unknown'

/** One text, finding or name that an answer rests on. */
export interface ExplainedItem {
  readonly name: string
  readonly text: string
  /** Place in the request. */
  readonly at?: string
}

export interface Section {
  readonly id: SectionId
  readonly question: string
  readonly standing: Standing
  /** One to three sentences, without foreign text. */
  readonly answer: string
  readonly items: readonly ExplainedItem[]
  /** What is proven, and by whom. */
  readonly proven: string
  /** What is not. */
  readonly notProven: string
}

/** A record that is not invalid, and what is shown of it. */
export interface View {
  readonly report: Report
  readonly facts: RecordFacts
  readonly disclosure: Disclosure | undefined
  readonly request: DisclosedRequest | undefined
  /** Who signed, in words. */
  readonly signer: string
}

/** Undefined for a record that is invalid. */
export function viewOf(input: ExplainInput): View | undefined {
  const { report } = input
  const { facts } = report
  if (facts === undefined || report.authenticity === 'invalid') return undefined
  return { ...input, facts, request: disclosedRequest(input), signer: signerOf(report, facts) }
}

function signerOf({ authenticity }: Report, { signer }: RecordFacts): string {
  if (authenticity === 'trusted' && signer.name !== undefined) return signer.name
  return `whoever holds the key ${signer.keyId.slice(0, 16)}… (not one that you trust for this)`
}
