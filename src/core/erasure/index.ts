export { type ErasureStatement, formatErasureStatement, parseErasureStatement } from './statement.ts'
