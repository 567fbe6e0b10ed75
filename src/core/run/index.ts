export { PREDICATE } from '../predicate-types.ts'
export {
  type Binding,
  type BoundDeclaration,
  type Capture,
  formatBindingStatement,
  parseBindingStatement,
  runIdOf,
  type Sequence,
} from './v1/binding.ts'
export {
  COMPLETIONS,
  type Completion,
  type EmbeddedStatement,
  formatRunStatement,
  type Outcome,
  parseRunStatement,
  type RecordedResponse,
  type RunOutput,
  type RunRecord,
} from './v1/record.ts'
