export { OPENAI_COMPLETIONS } from './table.ts'
