/**
 * Which paths an API has (`docs/spec/dialects.md`, "Which dialect").
 *
 * @module
 */

/**
 * How a path ends, such as `/chat/completions`. `{model}` stands for the name of the model, which is one segment up to
 * the text that follows: `/models/{model}:generateContent`.
 */
export type PathPattern = `/${string}`

export interface ReadPath {
  /** As it stands in the path; undefined where the pattern has none. */
  readonly model: string | undefined
}

const MODEL = '{model}'

/** What the first pattern that fits reads; undefined where none fits. */
export function readPath(patterns: readonly PathPattern[], path: string): ReadPath | undefined {
  for (const pattern of patterns) {
    const read = readOne(pattern, path)
    if (read !== undefined) return read
  }
  return undefined
}

function readOne(pattern: PathPattern, path: string): ReadPath | undefined {
  const place = pattern.indexOf(MODEL)
  if (place < 0) return path.endsWith(pattern) ? { model: undefined } : undefined
  const [before, after] = [pattern.slice(0, place), pattern.slice(place + MODEL.length)]
  if (!path.endsWith(after)) return undefined
  const start = path.lastIndexOf('/', path.length - after.length - 1) + 1
  const model = path.slice(start, path.length - after.length)
  return model !== '' && path.slice(0, start).endsWith(before) ? { model } : undefined
}
