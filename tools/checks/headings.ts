/**
 * The headings of a Markdown file and the anchors that GitHub gives them.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, readText } from '../project.ts'

export interface Headings {
  readonly titles: ReadonlySet<string>
  readonly anchors: ReadonlySet<string>
}

/** Code is no prose: what stands in it is neither a heading nor a link. */
export const withoutCode = (markdown: string): string =>
  markdown
    .replace(/^(```+|~~~+)[\s\S]*?^\1[^\n]*$/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '))

/** @returns undefined where there is no such file */
export function headingsOf(path: string): Headings | undefined {
  return existsSync(join(ROOT, path)) ? readHeadings(readText(path)) : undefined
}

export function readHeadings(markdown: string): Headings {
  const titles = Array.from(withoutCode(markdown).matchAll(/^#{1,6} +(.+?) *$/gm), (match) =>
    (match[1] as string).replace(/[`*]/g, ''),
  )
  const anchors = new Set<string>()
  for (const title of titles) {
    const anchor = anchorOf(title)
    let unique = anchor
    for (let again = 1; anchors.has(unique); again += 1) unique = `${anchor}-${again}`
    anchors.add(unique)
  }
  return { titles: new Set(titles), anchors }
}

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replace(/ /g, '-')
