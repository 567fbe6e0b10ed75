/**
 * What was sent under one role: instructions, context or tools.
 *
 * @module
 */
import { type DisclosedPart, type DisclosedRequest, statusOf } from './disclosed-request.ts'
import { type ExplainedItem, QUESTIONS, type Section, type View } from './section.ts'

type ExplainedRole = 'instructions' | 'context' | 'tools'

interface RoleWords {
  readonly none: string
  readonly some: (count: number) => string
  readonly notProven: string
}

const WORDS: Readonly<Record<ExplainedRole, RoleWords>> = {
  instructions: {
    none: 'None: no system prompt was sent.',
    some: (count) => (count === 1 ? 'This one, and no other.' : `These ${count}, in this order, and no others.`),
    notProven: 'Whether the model followed it.',
  },
  context: {
    none: 'No passage was told apart: what was retrieved, if the request holds any of it, stands in the input.',
    some: (count) => (count === 1 ? 'This passage.' : `These ${count} passages, in this order.`),
    notProven: 'Where a passage comes from: its place and its name are the application’s own word.',
  },
  tools: {
    none: 'None: no tool was offered to the model.',
    some: (count) => (count === 1 ? 'This one, and no other.' : `These ${count}, and no others.`),
    notProven: 'What a tool does when it is called.',
  },
}

type Answer = Omit<Section, 'id' | 'question'>

export function explainRole(view: View, role: ExplainedRole): Section {
  const { request } = view
  const answer = request === undefined ? fromRecord(view, role) : fromRequest(view, role, request)
  return { id: role, question: QUESTIONS[role], ...answer }
}

function fromRecord(view: View, role: ExplainedRole): Answer {
  const { facts } = view
  const isHidden = facts.roles[role].state === 'unobservable'
  const shown = isHidden ? 'The issuer says that it cannot be told from the request.' : 'The record does not show it.'
  return {
    standing: facts.declaration === undefined || isHidden ? 'unknown' : 'claimed',
    answer: `${shown} ${declaredSentence(view, role)}`,
    items: [],
    proven: `${view.signer} signed a commitment to the bytes of the request, and cannot change them any more.`,
    notProven: `What they are: that takes the disclosure. ${WORDS[role].notProven}`,
  }
}

function fromRequest(view: View, role: ExplainedRole, request: DisclosedRequest): Answer {
  const words = WORDS[role]
  const items = request.parts.filter((part) => part.role === role).map(itemOf)
  const declared = declaredSentence(view, role)
  if (!request.isWhole) {
    const shown = items.length === 0 ? 'Nothing of it is shown.' : 'At least this; the request is shown in part only.'
    return {
      standing: 'claimed',
      answer: `${shown} ${declared}`,
      items,
      proven: `What is shown stands in the request that ${view.signer} signed a commitment to, at its place.`,
      notProven: `That there was no more: ${request.closedCount} spans are closed, and what each is called is the issuer’s word. ${words.notProven}`,
    }
  }
  const committed = `${view.signer} signed a commitment to these bytes and no others.`
  const state = view.facts.roles[role]
  if (state.state === 'unobservable') {
    return {
      standing: 'unknown',
      // The reason is not foreign: with every byte here it was recomputed.
      answer: `It cannot be told from the request (${state.reason}).`,
      items,
      proven: `Every byte of the request is here; ${committed}`,
      notProven: `What there was beside. ${words.notProven}`,
    }
  }
  const told = items.length === 0 ? words.none : words.some(items.length)
  const beside = role === 'instructions' ? exceptPassages(request) : role === 'context' ? lostPassages(request) : ''
  const answer = `${told}${beside} ${declared}`
  const proven = `Every byte of the request is here and has its role, recomputed; ${committed}`
  return { standing: 'proven', answer, items, proven, notProven: `${unknownMembers(request)}${words.notProven}` }
}

const unknownMembers = ({ unknownCount }: DisclosedRequest): string =>
  unknownCount === 0
    ? ''
    : `What the server makes of members and messages that the dialect does not know (${unknownCount}). `

/** The cut list can name any part of a prompt a passage, a system prompt too. */
const exceptPassages = ({ parts }: DisclosedRequest): string =>
  parts.some(({ label }) => label !== undefined)
    ? ' But what the application calls a passage may stand in one: see the next answer.'
    : ''

/** What the application named and the request does not hold, or not all of. */
function lostPassages({ passages }: DisclosedRequest): string {
  const lost = passages.flatMap((fate) => {
    if (fate.state === 'missing') return [`${fate.label} (missing)`]
    if (fate.state === 'truncated') return [`${fate.label} (truncated at ${fate.length} of ${fate.of} bytes)`]
    return fate.state === 'unlocated' ? [`${fate.label} (without a place of its own)`] : []
  })
  return lost.length === 0 ? '' : ` The application named more than is there, by its word: ${lost.join(', ')}.`
}

/** An item is called what the application calls a passage, where it calls it anything. */
const itemOf = ({ name, text, at, label }: DisclosedPart): ExplainedItem => ({ name: label ?? name, text, at })

/** Whether a role was as declared, and whose word that is. */
function declaredSentence({ report, facts }: View, role: ExplainedRole): string {
  if (facts.declaration === undefined) return 'The run was bound to no declaration.'
  const kept = facts.findings.every((finding) => finding.role !== role || finding.finding === 'match')
  const whose = statusOf(report, 'composition') === 'pass' ? 'recomputed here' : 'says the issuer'
  return `It is ${kept ? 'as declared' : 'NOT as declared'}, ${whose}.`
}
