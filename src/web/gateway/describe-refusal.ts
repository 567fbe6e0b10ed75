/**
 * Why a request was refused, for whoever sent it.
 *
 * The names of rules are published, and a public declaration's sentences can be had by everybody; a private one's stay
 * with whoever declared them.
 *
 * @module
 */
import type { Refusal } from '../../core/policy/index.ts'

export function describeRefusal({ rules, differs, isPublic }: Refusal): string {
  const named = rules.map(({ name, says, result }) => {
    const what = result === 'violated' ? 'violated' : 'could not be evaluated'
    return `${name} (${what})${isPublic ? `: ${says}` : '.'}`
  })
  return [...named, ...(differs ? ['It differs from what was declared.'] : [])].join(' ')
}
