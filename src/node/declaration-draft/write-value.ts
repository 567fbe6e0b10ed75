/**
 * Values as a declaration file in YAML holds them, so that reading gives the same value again: texts in quotes as JSON
 * writes them or in a block of their own, anything else as JSON, each number as its token.
 *
 * @module
 */
import { canonicalText, type JsonValue } from '../../core/json/index.ts'

/** What YAML reads as a text without quotes. */
const PLAIN = /^(?!(?:true|false|null)$)[a-z_][a-z0-9._-]*$/i

export const writeName = (name: string): string => (PLAIN.test(name) ? name : JSON.stringify(name))

export const writeNames = (names: readonly string[]): string => `[${names.map(writeName).join(', ')}]`

/** What a block can hold as it is: printable lines, the first of which begins it, with at most one line end at the end. */
const BLOCK = /^[!-~\u00a0-\ud7ff\ue000-\ufefe][\s\S]*[^\n]\n?$/
const UNPRINTABLE = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\u{10000}-\u{10ffff}]/u

/** A text behind its key: in one line, or as a block with this indent. */
export function writeText(text: string, indent: string): string {
  if (PLAIN.test(text)) return text
  if (!text.includes('\n') || !BLOCK.test(text) || UNPRINTABLE.test(text)) return JSON.stringify(text)
  const isEnded = text.endsWith('\n')
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n')
  return `|${isEnded ? '' : '-'}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`
}

/** JSON over several lines where it is long. */
export function writeJson(value: JsonValue, indent: string): string {
  const short = canonicalText(value)
  if (short.length <= MAX_LINE || typeof value !== 'object' || value === null) return short
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${(value as readonly JsonValue[]).map((item) => inner + writeJson(item, inner)).join(',\n')}\n${indent}]`
  }
  if (!(value instanceof Map)) return short
  const members = [...value].map(([name, member]) => `${inner}${JSON.stringify(name)}: ${writeJson(member, inner)}`)
  return `{\n${members.join(',\n')}\n${indent}}`
}

const MAX_LINE = 90

/** A comment, wrapped. */
export function writeComment(text: string): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < MAX_COMMENT) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`# ${word}`)
  }
  return lines.join('\n')
}

const MAX_COMMENT = 118
