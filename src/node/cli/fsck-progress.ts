/**
 * One line on a terminal that says how far a check is, written over again and again; nothing anywhere else.
 *
 * @module
 */
import type { FsckProgress } from '../../web/fsck/index.ts'

export interface ProgressLine {
  readonly show: (progress: FsckProgress) => void
  /** Takes the line away. */
  readonly clear: () => void
}

const EVERY_MS = 200
/** Back to the first column, and away with what stands there. */
const CLEAR = '\r\u001b[K'

const STAGES: Readonly<Record<FsckProgress['stage'], string>> = { log: 'log, entries', rows: 'rows, statements' }

export function fsckProgress(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  nowMs: () => number = () => performance.now(),
): ProgressLine {
  if (stream.isTTY !== true) return { show: () => {}, clear: () => {} }
  let shownMs = Number.NEGATIVE_INFINITY
  let stage: FsckProgress['stage'] | undefined
  let sinceMs = 0
  return {
    show: (progress) => {
      const now = nowMs()
      if (progress.stage !== stage) {
        stage = progress.stage
        sinceMs = now
      }
      if (now - shownMs < EVERY_MS) return
      shownMs = now
      stream.write(`${CLEAR}${describe(progress, now - sinceMs)}`)
    },
    clear: () => stream.write(CLEAR),
  }
}

function describe({ stage, done, total, problemCount }: FsckProgress, elapsedMs: number): string {
  const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100))
  const perSecond = elapsedMs < EVERY_MS ? '' : `  ${Math.round(done / (elapsedMs / 1000))}/s`
  return `${STAGES[stage]}: ${percent} %  ${done} of ${total}${perSecond}  problems: ${problemCount}`
}
