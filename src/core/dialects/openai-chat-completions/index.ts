export { OPENAI_CHAT_COMPLETIONS } from './table.ts'
