/**
 * Where a finding was made, which bound it broke, and both sides as far as they are shown, in one line. All of it is foreign;
 * whoever prints it escapes it.
 *
 * @module
 */
import type { Finding } from '../composition/index.ts'
import type { RecordFacts } from '../verify/index.ts'

/** Begins with what separates it from the finding; empty where nothing is shown. */
export function describeSides(finding: RecordFacts['findings'][number]): string {
  const { detail, declared, sent }: Finding = finding
  const sides = [
    ...(declared === undefined ? [] : [`declared ${declared}`]),
    ...(sent === undefined ? [] : [`sent ${sent}`]),
  ]
  return `${detail === undefined ? '' : `: ${detail}`}${sides.length === 0 ? '' : `; ${sides.join('; ')}`}`
}
