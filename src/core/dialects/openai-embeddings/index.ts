export { OPENAI_EMBEDDINGS } from './table.ts'
