export {
  type DisclosedPart,
  type DisclosedRequest,
  disclosedRequest,
  type ExplainInput,
} from './disclosed-request.ts'
export { type Explanation, explainRun } from './explain-run.ts'
export type { ExplainedItem, Section, SectionId, Standing } from './section.ts'
