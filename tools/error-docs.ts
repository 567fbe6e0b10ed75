/**
 * The page of error codes, made from their registry: a heading for each code, so that each has an address.
 *
 * @module
 */
import { ERROR_CODES, type ErrorCode } from '../src/core/error-codes.ts'
import { exampleOf } from '../test/bad-inputs/examples.ts'
import { readText } from './project.ts'

export const ERROR_DOCS = 'docs/guide/errors.md'

const INTRODUCTION = `# Errors

Made from \`src/core/error-codes.ts\`, and for the examples from \`test/bad-inputs\`, by
\`node tools/write-error-docs.ts\`. Do not edit.

Every error has a code, a message that says what was wrong, often a place (\`at\`: a JSON Pointer, a byte offset, a file
or an address) and a hint that says what to do. A code never changes its meaning; messages and hints may change.

| exit code | meaning                                             |
| --------- | --------------------------------------------------- |
| 1         | something is not what it should be                  |
| 2         | usage, or a file of your own that is not in order   |
| 3         | in order, and not by a key or log that you trust    |
| 4         | nothing was found                                   |
| 5         | not what was declared, or not what you required     |
| 6         | it could not be done; nothing was left half-written |
`

export function formatErrorDocs(): string {
  const sections = groups().map(({ title, codes }) => `\n## ${title}\n${codes.map(formatCode).join('')}`)
  return `${INTRODUCTION}${sections.join('')}`
}

function formatCode(code: ErrorCode): string {
  const { meaning, hint, status, exit } = ERROR_CODES[code]
  const example = exampleOf(code)
  const shown = example === undefined ? '' : `\n\nFor example: ${example.what} (\`${example.how}\`).`
  return `\n### ${code}\n\n${meaning}\\\n${hint}\\\nHTTP ${status}, exit code ${exit}${shown}\n`
}

/** The groups are comments in the registry's source, which is their only place. */
function groups(): { readonly title: string; readonly codes: ErrorCode[] }[] {
  const found: { title: string; codes: ErrorCode[] }[] = []
  for (const line of readText('src/core/error-codes.ts').split('\n')) {
    const title = /^ {2}\/\/ (.+)$/.exec(line)?.[1]
    if (title !== undefined) found.push({ title, codes: [] })
    const code = /^ {2}([A-Z0-9_]+): /.exec(line)?.[1]
    if (code !== undefined) found.at(-1)?.codes.push(code as ErrorCode)
  }
  const listed = found.flatMap(({ codes }) => codes)
  const missing = Object.keys(ERROR_CODES).filter((code) => !listed.includes(code as ErrorCode))
  if (missing.length > 0) throw new Error(`no group holds ${missing.join(', ')}`)
  return found
}
