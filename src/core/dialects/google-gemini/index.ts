export { GOOGLE_GEMINI } from './table.ts'
