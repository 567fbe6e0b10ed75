/**
 * The files under `test/vectors` that the topics make, and the README that lists them.
 *
 * @module
 */
import { readme } from './readme.ts'
import type { Topic } from './topic.ts'
import { TOPICS } from './topics.ts'

export const VECTORS = 'test/vectors'

/** Made by another tool: `write-example-run.ts`. */
const OTHERS = `${VECTORS}/example-run/`

/** Every file, by path from the project's root. */
export function vectorFiles(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([[`${VECTORS}/README.md`, Buffer.from(readme(TOPICS))]])
  for (const topic of TOPICS) {
    files.set(`${VECTORS}/${topic.topic}.json`, Buffer.from(formatTopic(topic)))
    for (const [path, bytes] of topic.files ?? []) files.set(`${VECTORS}/${topic.topic}/${path}`, bytes)
  }
  return files
}

/** Whether a path under `test/vectors` is for the topics to make. */
export const isOfTopics = (path: string): boolean => !path.startsWith(OTHERS)

/** Readable JSON: name and rule first in each case, the expectation last. */
function formatTopic({ topic, spec, about, operations, cases }: Topic): string {
  const ordered = cases.map(({ name, rule, accept, reject, ...input }) => ({ name, rule, ...input, accept, reject }))
  return `${JSON.stringify({ topic, spec, about, operations, cases: ordered }, undefined, 2)}\n`
}
