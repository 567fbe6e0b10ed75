/**
 * Whether a text stands in the answer, as far as a disclosure shows the answer (`docs/spec/explain.md`, "An excerpt").
 *
 * @module
 */
import { dialectById, opaqueDialect } from '../dialects/index.ts'
import { type ExcerptPlace, findExcerpt } from '../excerpt/index.ts'
import { type ExplainInput, statusOf } from './disclosed-request.ts'
import { type Standing, viewOf } from './section.ts'

export interface ExcerptExplanation {
  /** `proven` of a whole response, `claimed` of a part of one: then that it is output is the issuer's word. */
  readonly standing: Standing
  readonly answer: string
  /** Where it stands; none where it is not shown. */
  readonly places: readonly ExcerptPlace[]
  readonly proven: string
  readonly notProven: string
}

/** @param excerpt not empty */
export function explainExcerpt(input: ExplainInput, excerpt: string): ExcerptExplanation {
  const view = viewOf(input)
  const leaves = input.disclosure?.response
  if (view === undefined) return notShown('The record is invalid, so it answers nothing.')
  if (leaves === undefined) return notShown('No disclosure of the response was given.')
  if (statusOf(input.report, 'responseBytes') !== 'pass') return notShown('What is shown is not the response.')
  const dialect = dialectById(view.facts.dialect) ?? opaqueDialect
  const places = findExcerpt({ leaves, dialect, excerpt })
  const closedCount = leaves.filter(({ state }) => state === 'closed').length
  const isWhole = statusOf(input.report, 'responseClosure') === 'pass'
  if (places.length === 0) {
    return isWhole
      ? notShown('It does not stand in the answer, all of which is here.')
      : notShown(`It does not stand in what is shown; ${closedCount} spans of the response are closed.`)
  }
  const where = places.length === 1 ? 'at this place' : `at these ${places.length} places`
  const committed = `These bytes stand in the response that ${view.signer} committed to, beside one another and in this order, ${where}`
  return {
    standing: isWhole ? 'proven' : 'claimed',
    answer: isWhole
      ? `Yes: it stands in the answer, ${where}.`
      : `It stands in the response, ${where}, in what the issuer calls its output.`,
    places,
    proven: `${committed}${isWhole ? ', as text of the answer: recomputed from the whole response.' : '.'}`,
    notProven: isWhole
      ? 'That it is true.'
      : `That it is output is the issuer’s word, and ${closedCount} spans of the response are closed: what stands before and after could turn its meaning.`,
  }
}

const notShown = (answer: string): ExcerptExplanation => ({
  standing: 'unknown',
  answer,
  places: [],
  proven: 'Nothing.',
  notProven: 'That the answer has this text.',
})
