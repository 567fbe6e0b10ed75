export { dialectById, dialectFor, JSON_APIS } from './choose.ts'
export type {
  Dialect,
  Output,
  RequestCut,
  RequestInput,
  ResponseCut,
  ResponseInput,
  ResponseShape,
  StreamedText,
  ToolCall,
} from './dialect.ts'
export { isEventStream } from './media-type.ts'
export { opaqueDialect } from './opaque/index.ts'
