/**
 * Where the code names a document of the project, the document is there, and so is the section:
 * `docs/spec/x.md`, `docs/spec/x.md#section`, or `docs/spec/x.md` followed by the section's title in quotes.
 *
 * @module
 */
import { listFiles, readText } from '../project.ts'
import type { Check } from './check.ts'
import { headingsOf } from './headings.ts'

const REFERENCE = /\b(docs\/[a-z0-9/-]+\.md)(?:#([a-z0-9_-]+))?(?:`?, "([^"\n]+)")?/g

export const specReferences: Check = {
  name: 'spec references',
  run: () => {
    const files = listFiles('src', { ending: '.ts' })
    return [...new Set(files.flatMap((file) => problemsIn(file)))]
  },
}

function problemsIn(file: string): string[] {
  return Array.from(readText(file).matchAll(REFERENCE)).flatMap(([reference, path = '', anchor, title]) => {
    const headings = headingsOf(path)
    if (headings === undefined) return [`${file}: there is no ${path}`]
    const found = headings.anchors.has(anchor ?? '') || headings.titles.has(title ?? '')
    return found || (anchor === undefined && title === undefined) ? [] : [`${file}: no such section: ${reference}`]
  })
}
