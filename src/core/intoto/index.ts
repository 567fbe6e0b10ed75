export {
  formatStatement,
  MAX_STATEMENT_SIZE,
  MAX_SUBJECTS,
  PAYLOAD_TYPE,
  parseStatement,
  type Statement,
  type Subject,
} from './statement.ts'
