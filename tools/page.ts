/**
 * One self-contained HTML file out of a page's parts. The markup has the places `{{policy}}`, and as comments, `{{style}}`
 * and `{{script}}`.
 *
 * The content security policy lets nothing run or apply but this very script and this very style, and lets nothing be
 * fetched at all. Trusted Types make every way from text to markup an error.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { ROOT, readText } from './project.ts'

export interface PageParts {
  /** Paths from the project's root on. */
  readonly markup: string
  readonly style?: string
  readonly script: string
}

export async function bundlePage({ markup, style, script }: PageParts): Promise<string> {
  const parts = {
    style: style === undefined ? '' : `\n${readText(style)}`,
    script: `\n${await bundleScript(script)}`,
  }
  for (const part of Object.values(parts)) requireInlineable(part)
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(parts.script)}`,
    `style-src ${sourceOf(parts.style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return fill(readText(markup), { ...parts, policy })
}

/** A classic script: modules do not load from disk. Not minified, so that it can be read where it is used. */
async function bundleScript(entry: string): Promise<string> {
  const bundle = await rolldown({
    input: join(ROOT, entry),
    platform: 'browser',
    onLog: failOnWarning,
  })
  try {
    const { output } = await bundle.generate({ format: 'iife', codeSplitting: false })
    const [chunk, ...others] = output
    if (others.length > 0) throw new Error(`${entry} became ${output.length} files, want one`)
    return chunk.code
  } finally {
    await bundle.close()
  }
}

/** A warning is mostly an import that was not found, and so left out. */
function failOnWarning(level: string, { message }: { readonly message: string }): void {
  if (level === 'warn') throw new Error(message)
}

/** What an HTML parser would change or end early would not be what was hashed. */
function requireInlineable(text: string): void {
  if (/<\/(?:script|style)|<!--|\r|\0/i.test(text)) throw new Error('a part of the page cannot stand inside HTML')
}

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** In one pass: a script may have `{{` in it. */
function fill(markup: string, parts: Readonly<Record<string, string>>): string {
  const unfilled = new Map(Object.entries(parts))
  const page = markup.replace(/(?:\/\*)?\{\{(\w+)\}\}(?:\*\/)?/g, (_, name: string) => {
    const part = unfilled.get(name)
    if (part === undefined) throw new Error(`the page has a place for ${name}, and there is none, or two places`)
    unfilled.delete(name)
    return part
  })
  if (unfilled.size > 0) throw new Error(`the page has no place for ${[...unfilled.keys()].join(', ')}`)
  return page
}
