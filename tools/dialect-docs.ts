/**
 * The tables of `docs/spec/dialects/`, made from the tables that the dialects cut by: for people in one page each, and for
 * programs in one JSON file each.
 *
 * @module
 */
import { JSON_APIS } from '../src/core/dialects/index.ts'
import type { Shape } from '../src/core/spans/index.ts'

export type DialectTable = (typeof JSON_APIS)[number]

const FOLDER = 'docs/spec/dialects'
const VALUE = 'a value'
const CONTENT = 'a value, content'

function nameOf({ id }: DialectTable): string {
  return id.slice(0, id.indexOf('/'))
}

interface DialectPage {
  readonly path: string
  /** The page with its tables made anew; everything outside their marks stays. */
  readonly make: (page: string) => string
}

/** One page per dialect, and the list of them. */
export const DIALECT_PAGES: readonly DialectPage[] = [
  pageOf('docs/spec/dialects.md', { dialects: formatList() }),
  ...JSON_APIS.map((table) => pageOf(`${FOLDER}/${nameOf(table)}.md`, tablesOf(table))),
]

/** One file per dialect. */
export const DIALECT_FILES = JSON_APIS.map((table) => {
  return { path: `${FOLDER}/${nameOf(table)}.json`, text: `${JSON.stringify(tableValue(table), undefined, 1)}\n` }
})

function pageOf(path: string, tables: Readonly<Record<string, string>>): DialectPage {
  const make = (page: string): string =>
    Object.entries(tables).reduce((text, [name, body]) => {
      const marked = new RegExp(`(<!-- ${name}:begin[^>]*-->\n)[\\s\\S]*?(<!-- ${name}:end -->)`)
      if (!marked.test(text)) throw new Error(`${path} has no marks for ${name}`)
      return text.replace(marked, (_, begin: string, end: string) => `${begin}\n${body}\n${end}`)
    }, page)
  return { path, make }
}

function tablesOf(table: DialectTable): Readonly<Record<string, string>> {
  return {
    requests: formatRequests(table),
    'request-table': formatTable(table.request),
    authors: formatAuthors(table.request),
    'server-state': formatServerState(table),
    'response-table': formatTable(table.response),
  }
}

function formatList(): string {
  const rows = JSON_APIS.map((table) => [
    code(table.id),
    `[${table.title}](dialects/${nameOf(table)}.md)`,
    codes(table.paths),
  ])
  return tableOf(
    ['id', 'API', 'a path that ends in'],
    [...rows, ['`opaque/1`', '[everything else](#the-opaque-dialect)', 'anything']],
  )
}

function code(text: string): string {
  return `\`${text}\``
}

function codes(texts: Iterable<string>): string {
  return [...texts].map(code).join(', ')
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function formatRequests({ id, paths, foldsCase, streams, endOfStream, endMarkers }: DialectTable): string {
  return tableOf(
    ['', ''],
    [
      ['id', code(id)],
      ['method', '`POST`'],
      ['a path that ends in', codes(paths)],
      ['names of members are read', foldsCase ? 'in any case' : 'as they stand'],
      ['streams', code(streams)],
      ['its last event begins with', endMarkers.length === 0 ? 'nothing of its own' : codes(endMarkers)],
      ['data that ends a stream', endOfStream === undefined ? 'none' : code(endOfStream)],
    ],
  )
}

function formatAuthors(shape: Shape): string {
  const list = messagesIn(shape)
  if (list === undefined) return 'There are no messages.\n'
  const { by, authors, types, otherwise } = list.authors
  const rows = [
    ...[...types].map(([text, author]) => [`\`type\` is ${code(text)}`, author]),
    ...[...authors].map(([text, author]) => [`${code(by)} is ${code(text)}`, author]),
    ...(otherwise === undefined
      ? []
      : [[`an object without ${codes(types.size === 0 ? [by] : ['type', by])}`, otherwise]]),
    ['anything else', 'unknown'],
  ]
  return tableOf(['a message whose', 'is of'], rows)
}

function messagesIn(shape: Shape): (Shape & { readonly kind: 'messages' }) | undefined {
  if (shape.kind !== 'object') return undefined
  return [...shape.members.values()].find((member) => member.kind === 'messages')
}

function formatServerState({ serverState }: DialectTable): string {
  if (serverState.length === 0) return 'None is known.\n'
  const rows = serverState.map(({ at, hides, when, without, as }) => [
    code(at),
    without === undefined ? conditionOf(when) : `${conditionOf(when)}, without ${codes(without)}`,
    code(hides),
    typeof when === 'object' && 'oneOf' in when
      ? 'the text'
      : code(`server-side: ${as ?? at.slice(at.lastIndexOf('/') + 1)}`),
  ])
  return tableOf(['place', 'is', 'hides', 'reason'], rows)
}

function conditionOf(when: DialectTable['serverState'][number]['when']): string {
  if (when === undefined) return 'there'
  if (when === 'given') return 'not null'
  if (when === 'address') return 'an address'
  if (when === 'true') return '`true`'
  if ('oneOf' in when) return `one of ${codes(when.oneOf)}`
  if (when.noneOf.length === 0) return 'a text'
  return when.noneOf.join() === '' ? 'a text that is not empty' : `a text other than ${codes(when.noneOf)}`
}

interface Row {
  readonly places: readonly string[]
  readonly role: string
  readonly is: string
}

function formatTable(shape: Shape): string {
  const rows = joinValues(rowsOf(shape, '')).map(({ places, role, is }) => [codes(places), code(role), is])
  return tableOf(['place', 'role', 'is'], rows)
}

function rowsOf(shape: Shape, place: string): readonly Row[] {
  const row = (is: string): Row => ({ places: [place], role: shape.role, is })
  switch (shape.kind) {
    case 'value':
      return [row(shape.content ? CONTENT : VALUE)]
    case 'discriminator':
      return [row(`a discriminator: ${codes(shape.texts)}`)]
    case 'array':
      return [row('a list'), ...rowsOf(shape.items, `${place}/*`)]
    case 'texts':
      return [row('a text, or a list of nothing but texts: content')]
    case 'textOrParts':
      return [row('a text (content), or a list of parts'), ...rowsOf(shape.part, `${place}/*`)]
    case 'messages':
      return [
        row(shape.content ? 'a text (content), or a list of messages' : 'a list of messages'),
        ...rowsOf(shape.item, `${place}/*`),
      ]
    case 'oneOrMany':
      return [row('one as below, or a list of such'), ...rowsOf(shape.item, place)]
    case 'variants':
      return [
        row(`an object, by its \`${shape.by}\``),
        // Without the row of the object itself, which the one above is for.
        ...[...shape.shapes].flatMap(([text, variant]) => rowsOf(variant, `${place}<${text}>`).slice(1)),
        ...rowsOf(shape.otherwise, `${place}<otherwise>`),
      ]
    case 'object': {
      const members = [...shape.members].flatMap(([name, member]) => rowsOf(member, `${place}/${name}`))
      return place === '' ? members : [row(shape.group ? 'an object, a group' : 'an object'), ...members]
    }
  }
}

/** Plain values that follow one another and play one role share a row. */
function joinValues(rows: readonly Row[]): readonly Row[] {
  const joined: Row[] = []
  for (const row of rows) {
    const last = joined.at(-1)
    const isAlike = last !== undefined && last.is === row.is && last.role === row.role
    if (isAlike && (row.is === VALUE || row.is === CONTENT)) {
      joined[joined.length - 1] = { ...last, places: [...last.places, ...row.places] }
    } else joined.push(row)
  }
  return joined
}

function tableValue({ reader: _, request, response, ...table }: DialectTable): object {
  return { ...table, request: shapeValue(request), response: shapeValue(response) }
}

/** Maps as objects, sets as lists. */
function shapeValue(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, item]) => [name, shapeValue(item)]))
  if (value instanceof Set) return [...value]
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shapeValue(item)]))
}
