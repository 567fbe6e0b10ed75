/**
 * `docs/clients.md`: what each client makes of one and the same call.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Examined } from './examine.ts'

export const CLIENTS_PAGE = fileURLToPath(new URL('../../docs/clients.md', import.meta.url))

export const formatClientsPage = (examined: readonly Examined[]): string =>
  [...INTRODUCTION, ...table(examined), '', ...examined.flatMap(section)].join('\n')

const INTRODUCTION = [
  '# What clients send',
  '',
  'What a developer declares is not what a client sends. `node interop/clients/matrix.ts --write` makes this page: it makes one',
  'and the same call through each client below, in the versions named, to a stand-in for the provider on the same machine, and',
  'compares what comes off the wire with a declaration of the call. CI makes the calls again, and fails where anything is not as',
  'this page says.',
  '',
  'The call: a system prompt that ends in a retrieved passage, one tool named `lookup`, temperature 0, seed 7, at most 16 tokens',
  'of output, one question. It is declared in the names of each API. A seed is declared everywhere, so that an API or a client',
  'that has none shows as dropping it.',
  '',
  'Of each request the command also checks that',
  '',
  '- its spans are the body, byte for byte;',
  '- each span has a role or is structure, and of all values only those of `role` and `type` stand in structure;',
  '- the dialect knows every member;',
  '- the passage is found, whole, in its place;',
  "- what goes into the client's `fetch` is what goes out on the wire;",
  "- the dialect reads the stand-in's answer as the client does.",
  '',
  'Then it makes the calls through a gateway, whole and streamed. The declaration that `colophon declare --from-run` makes of each',
  'run is kept by the same call made again, and broken by one in which the caller sets no parameters.',
  '',
  'This is what these versions do with this call, and nothing about other options or a real provider. The names of models are',
  'made up, but where a client treats a name that it knows otherwise: there is a second entry then.',
  '',
]

/** What the call as it is, not streamed, drops, adds and changes, by name. */
function table(examined: readonly Examined[]): string[] {
  const rows = examined.map(({ stack, words }) => {
    const names = ['drops', 'adds', 'changes'].map((verb) => subjectsOf(words.plain, verb).join(', '))
    return `| ${[stack.name, ...names].join(' | ')} |`
  })
  return ['| client | drops | adds | changes |', '| --- | --- | --- | --- |', ...rows]
}

const subjectsOf = (lines: readonly string[], verb: string): string[] =>
  lines
    .filter((line) => line.startsWith(`${verb} `))
    .map((line) => `\`${line.slice(verb.length + 1).split(':', 1)[0]}\``)

function section({ stack, paths, dialect, words }: Examined): string[] {
  const versions = stack.packages.map((name) => `${name} ${versionOf(name)}`).join(', ')
  return [
    `## ${stack.name}`,
    '',
    `${versions}. ${[...paths].map((path) => `\`POST ${path}\``).join(' and ')}, read as \`${dialect}\`.`,
    '',
    ...(words.plain.length === 0 ? ['The call is sent as declared.', ''] : list('The call:', words.plain)),
    ...list('What differs where the answer is streamed:', newIn(words.streamed, words.plain)),
    ...list('What differs where the caller sets no parameters:', newIn(words.unset, words.plain)),
  ]
}

const newIn = (lines: readonly string[], known: readonly string[]): string[] =>
  lines.filter((line) => !known.includes(line))

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, '', ...lines.map(item), '']

function item(line: string): string {
  const [verb = '', ...rest] = line.split(' ')
  return `- ${verb} \`${rest.join(' ')}\``
}

function versionOf(name: string): string {
  const path = fileURLToPath(new URL(`./node_modules/${name}/package.json`, import.meta.url))
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version
}
