/**
 * A report and its disclosure, read aloud: which system prompt was active, what context was assembled, which tools were
 * in scope, whether the model that answered is the one intended, whether the composition kept its declared policy.
 *
 * Each answer says what is proven and by whom, and what is not. Pure: the same report and disclosure give the same
 * explanation. Names and texts are foreign; whoever prints them escapes them.
 *
 * @module
 */
import type { Report } from '../verify/index.ts'
import type { ExplainInput } from './disclosed-request.ts'
import { explainComposition } from './explain-composition.ts'
import { explainModel } from './explain-model.ts'
import { explainRole } from './explain-role.ts'
import { QUESTIONS, type Section, type SectionId, viewOf } from './section.ts'

export interface Explanation {
  readonly headline: string
  /** What all answers rest on, and so do not prove. */
  readonly basis: string
  /** One per question, in their order. */
  readonly sections: readonly Section[]
}

export function explainRun(input: ExplainInput): Explanation {
  const view = viewOf(input)
  const { report } = input
  if (view === undefined) return explainInvalid(report)
  return {
    headline: report.headline,
    basis: `What is proven is proven against what ${view.signer} signed. That these bytes were sent, and when, is the signer’s word until somebody else signs for it too.`,
    sections: [
      explainRole(view, 'instructions'),
      explainRole(view, 'context'),
      explainRole(view, 'tools'),
      explainModel(view),
      explainComposition(view),
    ],
  }
}

/** Whatever an invalid record says, and whatever lies beside it, is not repeated. */
function explainInvalid({ headline }: Report): Explanation {
  const sections = Object.entries(QUESTIONS).map(([id, question]): Section => {
    return {
      id: id as SectionId,
      question,
      standing: 'unknown',
      answer: 'The record is invalid, so it answers nothing.',
      items: [],
      proven: 'Nothing.',
      notProven: 'Anything that record or disclosure say.',
    }
  })
  return { headline, basis: 'Nothing rests on an invalid record.', sections }
}
