/**
 * Findings in words: what a client drops, adds and changes.
 *
 * @module
 */
import { decodeUtf8 } from '../../src/core/bytes/index.ts'
import { compareComposition, type Finding, type Part, sentOf } from '../../src/core/composition/index.ts'
import { componentDigester } from '../../src/core/declaration/index.ts'
import type { Account } from './account.ts'
import type { DeclaredCall } from './declared-call.ts'
import { scalarsOf } from './scalars.ts'

/** One line for each finding that is no match, in the order of roles. The whole policy's is none of its own. */
export function wordsFor({ head, cut }: Account, { declaration, tool }: DeclaredCall): string[] {
  const sent = sentOf({ head, body: cut })
  const findings = compareComposition({ declaration, digest: componentDigester(undefined), sent })
  return findings
    .filter(({ role, finding }) => role !== 'policy' && finding !== 'match')
    .map((finding) => wordFor(finding, { parts: sent.parts, tool }))
}

interface Shown {
  readonly parts: readonly Part[]
  readonly tool: unknown
}

function wordFor({ role, name, finding, detail = '' }: Finding, { parts, tool }: Shown): string {
  const subject = name === undefined ? role : role === 'parameters' ? name : `${role} ${name}`
  const part = parts.find((one) => one.role === role && one.name === name)
  const value = part === undefined ? '' : textOf(part)
  switch (finding) {
    case 'missing':
      return `drops ${subject}`
    case 'undeclared':
      return `adds ${subject}: ${part === undefined ? addedTo(parts, name ?? '') : value}`
    case 'unobservable':
      return `hides ${subject}: ${detail}`
    case 'mismatch':
      if (part !== undefined && role === 'tools') return `changes ${subject}: ${changes(tool, JSON.parse(value))}`
      return `changes ${subject}: ${value === '' ? detail : value}`
    case 'match':
      return ''
  }
}

/** Of a member that was added to a tool, TOOL/MEMBER. */
function addedTo(parts: readonly Part[], name: string): string {
  const [tool, member] = name.split('/')
  const part = parts.find((one) => one.role === 'tools' && one.name === tool)
  const scalars = part === undefined ? [] : scalarsOf(JSON.parse(textOf(part)))
  return scalars.find(({ pointer }) => pointer.endsWith(`/${member}`))?.text ?? ''
}

const textOf = ({ encoding, value }: Part): string => {
  const text = decodeUtf8(value)
  return encoding === 'text' ? JSON.stringify(text) : text
}

/** Value by value: `+` for one that is added, `-` for one that is left out; a changed one is both. */
function changes(declared: unknown, sent: unknown): string {
  const lines = (value: unknown): string[] => scalarsOf(value).map(({ pointer, text }) => `${pointer} ${text}`)
  const [before, after] = [lines(declared), lines(sent)]
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ].join(', ')
}
