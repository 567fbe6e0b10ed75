/**
 * Whether what was sent kept what was declared, and the findings where it did not.
 *
 * @module
 */
import type { Composition, RecordFacts } from '../verify/index.ts'
import { describeSides } from './describe-finding.ts'
import { describeRule, type RuleFacts } from './describe-rule.ts'
import { statusOf } from './disclosed-request.ts'
import { type ExplainedItem, QUESTIONS, type Section, type Standing, type View } from './section.ts'

export function explainComposition({ report, facts, signer }: View): Section {
  const recomputed = statusOf(report, 'composition') === 'pass'
  const { standing, answer } = VERDICTS[report.composition]
  const isRefused = facts.completion === 'refused'
  const isWord = !recomputed && report.composition === 'broken'
  return {
    id: 'composition',
    question: QUESTIONS.composition,
    standing: isWord ? 'claimed' : standing,
    answer: `${isWord ? 'No, says the issuer itself.' : answer}${isRefused ? ' The request was refused: nothing was sent, says the issuer.' : ''}`,
    items: [
      ...facts.findings.filter(({ finding, role }) => finding !== 'match' && role !== 'policy').map(itemOf),
      ...(facts.policy?.rules ?? []).map(ruleItem),
    ],
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

/** Every rule, kept or not, in the words of whoever declared it. */
const ruleItem = (rule: RuleFacts): ExplainedItem => ({ name: `rule ${rule.rule}`, text: describeRule(rule) })

function itemOf(finding: RecordFacts['findings'][number]): ExplainedItem {
  const { role, name } = finding
  const count = 'count' in finding && finding.count !== undefined ? ` (${finding.count})` : ''
  return {
    name: name === undefined ? role : `${role} ${name}`,
    text: `${finding.finding}${count}${describeSides(finding)}`,
  }
}
