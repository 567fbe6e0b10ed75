/**
 * What there is at a gateway: as JSON, and as a page for people who open its address.
 *
 * @module
 */
import { formatVerifierKey, type VerifierKey } from '../../core/note/index.ts'
import { describeCaptured, PASSED_PATHS } from './captured-paths.ts'

export interface DirectoryInput {
  readonly logKey: VerifierKey
  /** Entries that the published checkpoint covers. */
  readonly logSize: bigint
}

/** Group by group, what is there and where. */
export type Directory = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>>>>

export function describeGateway({ logKey, logSize }: DirectoryInput): Directory {
  return {
    service: 'colophon gateway',
    log: {
      origin: logKey.name,
      vkey: formatVerifierKey(logKey),
      size: logSize.toString(),
      checkpoint: '/checkpoint',
      tiles: '/tile/{level}/{index}[.p/{width}]',
      entries: '/tile/entries/{index}[.p/{width}]',
      format: 'https://c2sp.org/tlog-tiles',
    },
    captured: describeCaptured(),
    passed: PASSED_PATHS.map((path) => `GET ${path}`),
    open: ['/healthz', '/runs/{id}', '/records/{digest}', '/records?output={sha256}'],
    withToken: ['/declarations', '/passages', '/runs', '/find?sha256={sha256}', '/runs/{id}/disclosure'],
  }
}

/** Nothing on it runs, and nothing is loaded. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'",
}

export function formatDirectoryPage({ service, ...groups }: Directory): string {
  const title = escapeHtml(String(service))
  const sections = Object.entries(groups).map(([name, group]) => `<h2>${escapeHtml(name)}</h2>\n${listOf(group)}`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
${sections.join('\n')}
</html>
`
}

const listOf = (group: Directory[string]): string =>
  `<ul>\n${linesOf(group)
    .map((line) => `<li><code>${escapeHtml(line)}</code>\n`)
    .join('')}</ul>`

function linesOf(group: Directory[string]): readonly string[] {
  if (typeof group === 'string') return [group]
  return Array.isArray(group) ? group : Object.entries(group).map(([name, value]) => `${name}: ${value}`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
