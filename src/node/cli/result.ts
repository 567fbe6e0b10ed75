/**
 * What a command comes to, and printing it: text for people, or with `--json` one JSON document.
 *
 * @module
 */
import { ColophonError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts'
import { escapeJson } from '../../core/escape/index.ts'
import { type Line, prose, renderLines, screenOf, styled } from './lines.ts'

export interface Result {
  readonly exitCode: number
  /** The document of `--json`. Members may be added to it; none changes its meaning. Big integers become strings. */
  readonly json: object
  readonly lines: readonly Line[]
}

export function printResult({ json, lines }: Result, options: { readonly asJson: boolean }): void {
  process.stdout.write(options.asJson ? renderJson(json) : renderLines(lines, screenOf(process.stdout)))
}

/**
 * An error as every command prints it. With `--json` on standard output:
 *
 *     {"error": {"code": "…", "message": "…", "at": "…", "hint": "…"}}      at: null where there is no place
 *
 * @returns the exit code
 */
export function printError(error: unknown, options: { readonly asJson: boolean }): number {
  const { code, message, at: place, hint } = describeError(error)
  // Of a document that has no file it is the document itself.
  const at = place === '' ? undefined : place
  if (options.asJson) process.stdout.write(renderJson({ error: { code, message, at: at ?? null, hint } }))
  else {
    const lines: Line[] = [
      { head: [styled('red', `error ${code}`), ': '], text: message, again: ['  '] },
      ...(at === undefined ? [] : [`  at: ${at}`]),
      prose(['  what to do: '], hint),
    ]
    process.stderr.write(renderLines(lines, screenOf(process.stderr)))
  }
  if (process.env['COLOPHON_DEBUG'] === '1') {
    process.stderr.write(renderLines(stackOf(error).split('\n'), { colours: false }))
  }
  return ERROR_CODES[code].exit
}

interface Described {
  readonly code: ErrorCode
  readonly message: string
  readonly at: string | undefined
  readonly hint: string
}

/** Of an error that is none of ours only that it happened: its text could quote a prompt or a key. */
function describeError(error: unknown): Described {
  if (ColophonError.is(error)) return error
  return {
    code: 'INTERNAL',
    message: 'colophon made a mistake',
    at: undefined,
    hint: 'Please report it with what you did. COLOPHON_DEBUG=1 shows where it happened.',
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

function renderJson(value: object): string {
  const bigints = (_: string, member: unknown): unknown => (typeof member === 'bigint' ? member.toString() : member)
  return `${escapeJson(JSON.stringify(value, bigints, 2))}\n`
}
