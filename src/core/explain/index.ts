export {
  type DisclosedPart,
  type DisclosedRequest,
  disclosedRequest,
  type ExplainInput,
} from './disclosed-request.ts'
export { type ExcerptExplanation, explainExcerpt } from './explain-excerpt.ts'
export { type Explanation, explainRun } from './explain-run.ts'
export { type MappedSpan, type MessageMap, mapDisclosure } from './map-disclosure.ts'
export { readableDisclosure } from './readable-disclosure.ts'
export { factRows, failureDetails, groupChecks, SIGNS } from './report-rows.ts'
export type { ExplainedItem, Section, SectionId, Standing } from './section.ts'
