export { dialectById, dialectFor } from './choose.ts'
export type { Dialect, Output, RequestCut, RequestInput, ResponseCut, ResponseInput, ResponseShape } from './dialect.ts'
export { isEventStream } from './media-type.ts'
