/**
 * What fsck has found so far: the first thousand problems and notices in full, the others counted.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import type { NoticeCode, ProblemCode } from './problem-codes.ts'

export interface Problem {
  readonly code: ProblemCode
  /** What it is about: `entry 7`, `tile 0/3`, `run ID: proof`. */
  readonly at: string
  readonly message: string
}

export interface Notice {
  readonly code: NoticeCode
  readonly at: string
}

/** Most problems, and most notices, that are kept in full. */
export const MAX_FINDINGS = 1_000

/** Names come from the store, so from whoever wrote to it. */
const MAX_TEXT = 300

export class Findings {
  readonly problems: Problem[] = []
  readonly notices: Notice[] = []
  #problemCount = 0
  #noticeCount = 0

  get problemCount(): number {
    return this.#problemCount
  }

  get noticeCount(): number {
    return this.#noticeCount
  }

  problem(code: ProblemCode, at: string, message: string): void {
    this.#problemCount += 1
    if (this.problems.length < MAX_FINDINGS) this.problems.push({ code, at: cut(at), message: cut(message) })
  }

  notice(code: NoticeCode, at: string): void {
    this.#noticeCount += 1
    if (this.notices.length < MAX_FINDINGS) this.notices.push({ code, at: cut(at) })
  }

  /**
   * Runs a part of the check whose errors are problems, whatever they are: damage makes values of every kind.
   *
   * @returns what it returned, or undefined where it failed
   */
  async attempt<T>(code: ProblemCode, at: string, check: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await check()
    } catch (error) {
      this.problem(code, at, describe(error))
      return undefined
    }
  }
}

/** An error that is none of ours could quote what is stored. */
function describe(error: unknown): string {
  if (ColophonError.is(error)) return error.at === undefined ? error.message : `${error.message} (${error.at})`
  return error instanceof Error ? `it has not the form that it should have (${error.name})` : 'it cannot be read'
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)
