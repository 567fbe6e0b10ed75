/**
 * The pages that are made from code are what the code makes of them now.
 *
 * @module
 */
import { DIALECT_FILES, DIALECT_PAGES } from '../dialect-docs.ts'
import { ERROR_DOCS, formatErrorDocs } from '../error-docs.ts'
import { formatPolicyDocs, POLICY_PAGE } from '../policy-docs.ts'
import { readText } from '../project.ts'
import { formatPublishedVectorsDocs, PUBLISHED_VECTORS_DOCS } from '../published-vectors-docs.ts'
import type { Check } from './check.ts'

interface GeneratedPage {
  readonly path: string
  readonly writtenBy: string
  readonly make: (current: string) => string
}

const PAGES: readonly GeneratedPage[] = [
  { path: ERROR_DOCS, writtenBy: 'tools/write-error-docs.ts', make: formatErrorDocs },
  ...DIALECT_PAGES.map((page) => ({ ...page, writtenBy: 'tools/write-dialect-docs.ts' })),
  ...DIALECT_FILES.map(({ path, text }) => ({ path, writtenBy: 'tools/write-dialect-docs.ts', make: () => text })),
  { path: POLICY_PAGE, writtenBy: 'tools/write-policy-docs.ts', make: formatPolicyDocs },
  {
    path: PUBLISHED_VECTORS_DOCS,
    writtenBy: 'tools/write-published-vectors-docs.ts',
    make: formatPublishedVectorsDocs,
  },
]

export const generatedDocs: Check = {
  name: 'generated docs',
  run: () =>
    PAGES.filter(({ path, make }) => make(readText(path)) !== readText(path)).map(
      ({ path, writtenBy }) => `${path} is out of date. Run: node ${writtenBy}`,
    ),
}
