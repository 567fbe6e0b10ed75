export { type CheckStoreInput, checkStore, type FsckProgress, type FsckReport } from './check-store.ts'
export { Findings, type Notice, type Problem } from './findings.ts'
export type { CheckableLog, CheckableStore } from './ports.ts'
export { NOTICE_CODES, type NoticeCode, PROBLEM_CODES, type ProblemCode } from './problem-codes.ts'
