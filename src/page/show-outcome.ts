/**
 * An outcome in the page's places for it: the verdict above, the report below.
 *
 * @module
 */
import { byId, element } from './element.ts'
import { explanationElements } from './show-explanation.ts'
import { reportElements, type Tone, toneOf } from './show-report.ts'
import { trustElements } from './show-trust.ts'
import type { Outcome } from './verify-files.ts'

export function showOutcome(outcome: Outcome): void {
  const report = byId('report')
  switch (outcome.kind) {
    case 'waiting':
      showVerdict('none', 'Open a record to begin.')
      report.replaceChildren(...(outcome.trust === undefined ? [] : trustElements(outcome.trust)))
      return
    case 'refused': {
      const { code, message, at, hint } = outcome.error
      showVerdict('bad', `error ${code}: ${message}`)
      const place = at === undefined ? [] : [element('p', '', `at: ${at}`)]
      report.replaceChildren(...place, element('p', '', `what to do: ${hint}`))
      return
    }
    case 'verified': {
      const { report: verified, explanation, trust } = outcome
      showVerdict(toneOf(verified), verified.headline)
      report.replaceChildren(
        ...(trust === undefined ? trustElements(trust) : []),
        ...reportElements(verified),
        // An invalid record answers nothing.
        ...(verified.authenticity === 'invalid' ? [] : explanationElements(explanation)),
        ...(trust === undefined ? [] : trustElements(trust)),
      )
    }
  }
}

const SIGNS: Readonly<Record<Tone | 'none', string>> = { good: '✓', bad: '✗', unsure: '!', none: '·' }

export function showVerdict(tone: Tone | 'none', text: string): void {
  const verdict = byId('verdict')
  verdict.className = tone
  const sign = element('span', 'sign', SIGNS[tone])
  sign.setAttribute('aria-hidden', 'true')
  verdict.replaceChildren(sign, element('span', 'headline', text))
}
