/**
 * The report as the page shows it: the headline and the reasons are those of the command line, word for word.
 *
 * @module
 */
import { factRows, failureDetails, groupChecks, SIGNS } from '../core/explain/index.ts'
import type { Check, CheckStatus, RecordFacts, Report } from '../core/verify/index.ts'
import { element } from './element.ts'

const STATUSES: Readonly<Record<CheckStatus, string>> = {
  pass: 'proven',
  fail: 'failed',
  claimed: 'the issuer’s word',
  notChecked: 'not checked',
}

/** How a verdict looks, beside what it says. */
export type Tone = 'good' | 'bad' | 'unsure'

export const toneOf = ({ exitCode }: Report): Tone => (exitCode === 0 ? 'good' : exitCode === 1 ? 'bad' : 'unsure')

export function reportElements(report: Report): readonly HTMLElement[] {
  const { checks, facts } = report
  return [
    element('h2', '', 'Every check'),
    legend(),
    element('ul', 'checks', ...groupChecks(checks).map(checkItem)),
    ...(facts === undefined ? [] : factElements(facts)),
  ]
}

const sign = (status: CheckStatus): HTMLElement => {
  const shown = element('span', `sign ${status}`, SIGNS[status])
  shown.setAttribute('aria-hidden', 'true')
  return shown
}

const legend = (): HTMLElement =>
  element(
    'p',
    'legend',
    ...(Object.keys(STATUSES) as CheckStatus[]).map((status) =>
      element('span', '', sign(status), ` ${STATUSES[status]}`),
    ),
  )

function checkItem([check, ...more]: readonly [Check, ...Check[]]): HTMLElement {
  const { id, status, reason } = check
  const ids = [id, ...more.map((other) => other.id)]
  const name = more.length === 0 ? id : `${ids.length} checks`
  const details = status === 'fail' ? failureDetails(check) : more.length === 0 ? '' : `These are ${ids.join(', ')}.`
  return element(
    'li',
    status,
    sign(status),
    element('span', 'name', name),
    element('span', 'hidden', ` (${STATUSES[status]}) `),
    element(
      'span',
      'reason',
      element('span', '', reason),
      ...(details === '' ? [] : [element('span', 'details', details)]),
    ),
  )
}

function factElements(facts: RecordFacts): readonly HTMLElement[] {
  return [
    element('h2', '', 'What the record says'),
    element('p', 'note', 'Each of these is the issuer’s word, unless a check above passed over it.'),
    element(
      'dl',
      '',
      ...factRows(facts).flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]),
    ),
  ]
}
