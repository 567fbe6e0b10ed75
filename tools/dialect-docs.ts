/**
 * The tables of `docs/spec/dialects.md`, made from the shapes that the dialect cuts by.
 *
 * @module
 */
import { REQUEST_SHAPE, RESPONSE_SHAPE } from '../src/core/dialects/openai-chat-completions/shape.ts'
import type { Shape } from '../src/core/spans/index.ts'

export const DIALECT_DOCS = 'docs/spec/dialects.md'

const TABLES: Readonly<Record<string, Shape>> = { 'request-table': REQUEST_SHAPE, 'response-table': RESPONSE_SHAPE }

/** The page with its tables made anew; everything outside their marks stays. */
export const withDialectTables = (page: string): string =>
  Object.entries(TABLES).reduce((text, [name, shape]) => {
    const table = new RegExp(`(<!-- ${name}:begin[^>]*-->\n)[\\s\\S]*?(<!-- ${name}:end -->)`)
    if (!table.test(text)) throw new Error(`${DIALECT_DOCS} has no marks for ${name}`)
    return text.replace(table, (_, begin: string, end: string) => `${begin}\n${formatTable(shape)}\n${end}`)
  }, page)

interface Row {
  readonly places: readonly string[]
  readonly role: string
  readonly is: string
}

function formatTable(shape: Shape): string {
  const rows = rowsOf(shape, '').map(({ places, role, is }) => {
    return `| ${places.map((place) => `\`${place}\``).join(', ')} | \`${role}\` | ${is} |\n`
  })
  return `| place | role | is |\n| --- | --- | --- |\n${rows.join('')}`
}

function rowsOf(shape: Shape, place: string): readonly Row[] {
  const row = (is: string): Row => ({ places: [place], role: shape.role, is })
  switch (shape.kind) {
    case 'value':
      return [row('a value')]
    case 'discriminator':
      return [row(`a discriminator: ${[...shape.texts].map((text) => `\`${text}\``).join(', ')}`)]
    case 'array':
      return [row('a list'), ...rowsOf(shape.items, `${place}/*`)]
    case 'textOrParts':
      return [row('a string, or a list of parts'), ...rowsOf(shape.part, `${place}/*`)]
    case 'messages':
      return [row('a list of messages'), ...rowsOf(shape.item, `${place}/*`)]
    case 'object': {
      const members = [...shape.members].flatMap(([name, member]) => rowsOf(member, `${place}/${name}`))
      return joinValues(place === '' ? members : [row('an object'), ...members])
    }
  }
}

/** Plain values that follow one another and play one role share a row. */
function joinValues(rows: readonly Row[]): readonly Row[] {
  const joined: Row[] = []
  for (const row of rows) {
    const last = joined.at(-1)
    if (last?.is === 'a value' && row.is === 'a value' && last.role === row.role) {
      joined[joined.length - 1] = { ...last, places: [...last.places, ...row.places] }
    } else joined.push(row)
  }
  return joined
}
