export { diffRuns, type HeadDifference, type RunDiff, type RunSide } from './diff-runs.ts'
export type { Difference, Untold } from './difference.ts'
