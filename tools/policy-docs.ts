/**
 * The tables of `docs/spec/policy.md`, from the table that the code works with.
 *
 * @module
 */
import { FACT_TYPES, FACTS, type Fact } from '../src/core/policy/index.ts'

export const POLICY_PAGE = 'docs/spec/policy.md'

const MARKS = /<!-- facts:begin, written by tools\/write-policy-docs\.ts -->[\s\S]*<!-- facts:end -->/

/** The page with its tables made again. */
export function formatPolicyDocs(page: string): string {
  const tables = `${factTable()}\n\n${memberTable()}`
  const text = `<!-- facts:begin, written by tools/write-policy-docs.ts -->\n\n${tables}\n\n<!-- facts:end -->`
  if (!MARKS.test(page)) throw new Error(`${POLICY_PAGE} has no place for the facts`)
  return page.replace(MARKS, () => text)
}

function factTable(): string {
  const rows = Object.entries(FACTS).map(([name, fact]: [string, Fact]) => {
    return `| \`${name}\` | \`${fact.type}\` | ${fact.means} | ${sourceOf(fact)} |`
  })
  return ['| fact | type | is | known from |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function sourceOf({ from, roles, declared }: Fact): string {
  const of = roles === undefined ? '' : `, for ${roles.map((role) => `\`${role}\``).join(', ')}`
  const contents = declared === undefined ? '' : `; the declaration's content of \`${declared}\``
  return `${SOURCES[from]}${of}${contents}`
}

const SOURCES: Readonly<Record<Fact['from'], string>> = {
  binding: 'the record',
  request: 'the request',
  response: 'the response',
}

function memberTable(): string {
  const rows = Object.entries(FACT_TYPES).flatMap(([type, members]) =>
    Object.entries(members).map(([name, member]) => {
      return `| \`${type}\` | \`${name}\` | \`${member.type}\` | ${member.means} |`
    }),
  )
  return ['| of a | member | type | is |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
