export { OLLAMA_CHAT } from './chat-table.ts'
export { OLLAMA_GENERATE } from './generate-table.ts'
