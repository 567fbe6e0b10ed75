export { ANTHROPIC_MESSAGES } from './table.ts'
