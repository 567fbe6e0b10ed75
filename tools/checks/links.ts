/**
 * Links between the project's own Markdown files lead somewhere, down to the heading.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles, ROOT, readText } from '../project.ts'
import type { Check } from './check.ts'
import { headingsOf, withoutCode } from './headings.ts'
import { resolveRelative } from './module-imports.ts'

const LINKS = [/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g, /^\[[^\]]+\]: +<?([^\s>]+)>?/gm, /\b(?:href|src)="([^"]+)"/g]

export const links: Check = {
  name: 'links',
  run: () =>
    listFiles('.', { ending: '.md' }).flatMap((file) =>
      linksIn(readText(file))
        .filter((link) => !/^[a-z][a-z+.-]*:/.test(link))
        .flatMap((link) => problemOf({ file, link }) ?? []),
    ),
}

function linksIn(markdown: string): string[] {
  const prose = withoutCode(markdown)
  return LINKS.flatMap((form) => Array.from(prose.matchAll(form), (match) => match[1] as string))
}

function problemOf({ file, link }: { readonly file: string; readonly link: string }): string | undefined {
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path === '' ? file : resolveRelative({ from: file, specifier: path })
  if (target.startsWith('..')) return `${file}: ${link} leaves the project`
  if (!existsSync(join(ROOT, target))) return `${file}: ${link} leads nowhere`
  if (anchor === undefined || !target.endsWith('.md')) return undefined
  return headingsOf(target)?.anchors.has(anchor) ? undefined : `${file}: ${link} names no heading of ${target}`
}
