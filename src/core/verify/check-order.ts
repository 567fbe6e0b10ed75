/**
 * What came before what (`docs/spec/order.md`).
 *
 * @module
 */
import { describeTrustedTimes } from '../trust/index.ts'
import type { CheckSheet } from './check-sheet.ts'
import type { Place, Places } from './find-places.ts'

/**
 * Containment is the order: the binding's payload holds the declaration's checkpoint, and the record's the binding's, so
 * each entry must stand beyond the tree that its payload names. That nobody made both later at once takes an outsider.
 */
export function checkOrder(places: Places, sheet: CheckSheet, options: { readonly isDeclared: boolean }): void {
  const { declaration, binding, record } = places
  const { isDeclared } = options
  if (binding === undefined || record === undefined || (isDeclared && declaration === undefined)) {
    sheet.skip('order', 'Not every statement was found in a log that your trust policy names.')
    return
  }
  const steps = declaration === undefined ? [binding, record] : [declaration, binding, record]
  const backwards = steps.some((later, step) =>
    steps.slice(0, step).some(({ origin, treeSize }) => origin === later.origin && later.index < treeSize),
  )
  if (backwards) {
    sheet.fail('order', 'A statement stands in the log before the checkpoint that it contains.', {
      code: 'ORDER_INVALID',
    })
    return
  }
  const contained = isDeclared
    ? 'The binding contains the declaration’s checkpoint, and the record the binding’s.'
    : 'The record contains the binding’s checkpoint.'
  sheet.claim('order', `${contained} ${saidOfTime(places)}`)
}

/** By a cosigned time a statement was there; how long before, and in which order they were made, it does not say. */
function saidOfTime(places: Places): string {
  const dated = Object.entries(places).flatMap(([kind, place]: [string, Place | undefined]) =>
    place === undefined || place.trustedTimes.length === 0
      ? []
      : [`the ${kind} at ${describeTrustedTimes(place.trustedTimes)}`],
  )
  if (dated.length === 0) {
    return 'When they were signed is the operator’s word: no witness that your trust policy names signed these checkpoints.'
  }
  return `By their cosignatures, these were in the log by then: ${dated.join('; ')}. When they were signed before that is the operator’s word.`
}
