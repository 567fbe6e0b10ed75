export { OPENAI_RESPONSES } from './table.ts'
