/**
 * Every way to spoil one place of a JSON document: each member and element in turn left out, or of another type.
 *
 * @module
 */

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain }

const SUBSTITUTES: readonly Plain[] = [null, '', [], {}, 0, -1, true, 'x', ['x'], { x: 1 }]

export interface SpoiledJson {
  /** JSON Pointer of the place, and what was done there. */
  readonly how: string
  readonly document: Plain
}

/** `JSON.parse` of it, spoiled in one place at a time; never the document itself. */
export function* spoiledJson(document: Plain, at = ''): Generator<SpoiledJson> {
  const own = JSON.stringify(document)
  for (const other of SUBSTITUTES) {
    if (JSON.stringify(other) !== own) yield { how: `${at} is ${JSON.stringify(other)}`, document: other }
  }
  if (Array.isArray(document)) {
    const items = document as readonly Plain[]
    for (const [index, item] of items.entries()) {
      yield { how: `${at}/${index} left out`, document: items.toSpliced(index, 1) }
      yield { how: `${at}/${index} twice`, document: items.toSpliced(index, 0, item) }
      for (const { how, document: spoiled } of spoiledJson(item, `${at}/${index}`)) {
        yield { how, document: items.with(index, spoiled) }
      }
    }
  } else if (typeof document === 'object' && document !== null) {
    const members = document as { readonly [name: string]: Plain }
    yield { how: `${at} with one more`, document: { ...members, unheardOf: 1 } }
    for (const [name, value] of Object.entries(members)) {
      const { [name]: _, ...rest } = members
      yield { how: `${at}/${name} left out`, document: rest }
      for (const { how, document: spoiled } of spoiledJson(value, `${at}/${name}`)) {
        yield { how, document: { ...members, [name]: spoiled } }
      }
    }
  }
}

/** Runs a reader on every spoiled document. @returns what it accepted, and errors that are no ColophonError */
export function readSpoiled(input: {
  readonly document: unknown
  readonly read: (document: unknown) => unknown
  readonly isCoded: (error: unknown) => boolean
}): { readonly accepted: string[]; readonly uncoded: string[]; readonly count: number } {
  const accepted: string[] = []
  const uncoded: string[] = []
  let count = 0
  for (const { how, document } of spoiledJson(input.document as Plain)) {
    count += 1
    try {
      input.read(document)
      accepted.push(how)
    } catch (error) {
      if (!input.isCoded(error)) uncoded.push(`${how}: ${error}`)
    }
  }
  return { accepted, uncoded, count }
}
