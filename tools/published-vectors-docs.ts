/**
 * The page of published vectors, made from the table that their tests are held against.
 *
 * @module
 */
import { publishedVectors, VECTOR_FOLDERS, type VectorFolder } from '../test/support/published-vectors.ts'

export const PUBLISHED_VECTORS_DOCS = 'docs/published-vectors.md'

const INTRODUCTION = `# Published test vectors

Made from \`test/support/published-vectors.ts\` by \`node tools/write-published-vectors-docs.ts\`. Do not edit.

Vectors that others publish are read in place, from a folder beside the project or the one that \`COLOPHON_VECTORS\` names;
nothing of it is copied into the project. Each folder there has a \`SOURCE.txt\` with repository, commit and licence. Where
a folder is missing, \`npm test\` says how many vectors were not there, and none of them counts as passed. Where it is
there, its vectors are counted and must be as many as here, and each difference below must be one.
`

export function formatPublishedVectorsDocs(): string {
  const used = VECTOR_FOLDERS.filter((folder) => publishedVectors(folder).run !== undefined)
  const unused = VECTOR_FOLDERS.filter((folder) => publishedVectors(folder).run === undefined)
  const total = used.reduce((sum, folder) => sum + publishedVectors(folder).count, 0)
  return [
    INTRODUCTION,
    `## Run\n\n${number(total)} vectors in ${used.length} folders.\n`,
    ...used.map(formatFolder),
    '## Not run\n\nThis version has nothing to run these against.\n',
    `${unused.map(formatUnused).join('\n')}\n`,
  ].join('\n')
}

function formatFolder(folder: VectorFolder): string {
  const { count, what, run = '', differences = [] } = publishedVectors(folder)
  const title = `### ${folder}\n\n${number(count)} vectors: ${what}.\\\n${run}\n`
  if (differences.length === 0) return `${title}\nAll as published.\n`
  const lines = differences.map(({ vector, why }) => `- ${vector}: ${why}`)
  return `${title}\nOtherwise than published:\n\n${lines.join('\n')}\n`
}

const formatUnused = (folder: VectorFolder): string => {
  const { count, what } = publishedVectors(folder)
  return `- \`${folder}\`, ${number(count)} vectors: ${what}`
}

const number = (value: number): string => value.toLocaleString('en')
