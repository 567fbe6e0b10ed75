/**
 * The explanation as the page shows it: question, answer, what it rests on, what is proven and what is not.
 *
 * @module
 */
import type { ExplainedItem, Explanation, Section } from '../core/explain/index.ts'
import { element, quotation } from './element.ts'

const MAX_ITEMS = 1_000

export function explanationElements({ basis, sections }: Explanation): readonly HTMLElement[] {
  return [
    element('h2', '', 'What the run was composed of'),
    element('p', 'note', basis),
    ...sections.map(sectionElement),
  ]
}

function sectionElement({ question, standing, answer, items, proven, notProven }: Section): HTMLElement {
  const more = items.length - MAX_ITEMS
  return element(
    'section',
    'answer',
    element('h3', '', question),
    element('p', '', element('span', `standing ${standing}`, standing), ` ${answer}`),
    ...items.slice(0, MAX_ITEMS).map(itemElement),
    ...(more > 0 ? [element('p', 'note', `… ${more} more; the command line shows all.`)] : []),
    element(
      'dl',
      '',
      element('dt', '', 'proven'),
      element('dd', '', proven),
      element('dt', '', 'not proven'),
      element('dd', '', notProven),
    ),
  )
}

/** A text of the request with its place, or a name with what is found of it. */
function itemElement({ name, text, at }: ExplainedItem): HTMLElement {
  if (at === undefined) return element('p', 'item', element('span', 'name', name), ' ', element('span', '', text))
  const title = element('figcaption', '', element('span', 'name', name), ` at ${at}`)
  return element('figure', 'item', title, quotation(text))
}
