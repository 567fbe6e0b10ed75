/**
 * The values in a JSON document that hold no others, found without any of the code under test.
 *
 * @module
 */

export interface Scalar {
  /** JSON Pointer. */
  readonly pointer: string
  /** As JSON; `{}` and `[]` hold no others either. */
  readonly text: string
}

export function scalarsOf(value: unknown, pointer = ''): Scalar[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (members.length === 0) return [{ pointer, text: JSON.stringify(value) }]
  return members.flatMap(([name, member]) =>
    scalarsOf(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}
