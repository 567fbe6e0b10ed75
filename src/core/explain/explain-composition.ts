/**
 * Whether what was sent kept what was declared, and the findings where it did not.
 *
 * @module
 */
import type { Composition, RecordFacts } from '../verify/index.ts'
import { statusOf } from './disclosed-request.ts'
import { type ExplainedItem, QUESTIONS, type Section, type Standing, type View } from './section.ts'

export function explainComposition({ report, facts, signer }: View): Section {
  const recomputed = statusOf(report, 'composition') === 'pass'
  const { standing, answer } = VERDICTS[report.composition]
  const isWord = !recomputed && report.composition === 'broken'
  return {
    id: 'composition',
    question: QUESTIONS.composition,
    standing: isWord ? 'claimed' : standing,
    answer: isWord ? 'No, says the issuer itself.' : answer,
    items: facts.findings.filter(({ finding, role }) => finding !== 'match' && role !== 'policy').map(itemOf),
    proven: recomputed
      ? report.composition === 'undeclared'
        ? 'Nothing was declared, so nothing was compared.'
        : `Every finding, recomputed from the whole request, which ${signer} committed to, and the declaration it was bound to.`
      : `${signer} recorded it so, and cannot change it any more.`,
    notProven: recomputed
      ? 'That the declaration is a good one: read it.'
      : 'That it is so: that takes the whole disclosure of request and declaration.',
  }
}

const VERDICTS: Readonly<Record<Composition, { readonly standing: Standing; readonly answer: string }>> = {
  kept: { standing: 'proven', answer: 'Yes: what was sent is what was declared, role by role.' },
  claimed: { standing: 'claimed', answer: 'Yes, says the issuer.' },
  broken: { standing: 'proven', answer: 'NO. What differs:' },
  undeclared: { standing: 'unknown', answer: 'It had none: the run was bound to no declaration.' },
  notChecked: { standing: 'unknown', answer: 'It was not looked at.' },
}

function itemOf(finding: RecordFacts['findings'][number]): ExplainedItem {
  const { role, name } = finding
  const count = 'count' in finding && finding.count !== undefined ? ` (${finding.count})` : ''
  const detail = 'detail' in finding && finding.detail !== undefined ? `: ${finding.detail}` : ''
  return { name: name === undefined ? role : `${role} ${name}`, text: `${finding.finding}${count}${detail}` }
}
