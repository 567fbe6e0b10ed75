export { Answer, indexIn } from './answer.ts'
export { argumentsText } from './call-arguments.ts'
export { eventMarkers } from './event-markers.ts'
export { type AnswerReader, type JsonApiTable, jsonDialect } from './json-dialect.ts'
export type { PathPattern } from './path-pattern.ts'
export type { StateCondition, StateRule } from './server-state.ts'
export {
  type Authors,
  content,
  discriminator,
  each,
  group,
  list,
  type Members,
  messages,
  object,
  oneOrMany,
  textOrMessages,
  textOrParts,
  texts,
  value,
  variants,
} from './shapes.ts'
