/**
 * The inference engine of the tiny language model: load a GGUF file, answer messages.
 *
 * @module
 */

export { type ChatMessage, type ChatRole, renderChat, renderQuestion } from './chat-template.ts'
export {
  ContextOverflowError,
  type FinishReason,
  type GenerationOptions,
  type GenerationStep,
  generate,
} from './generate.ts'
export { GgufError } from './gguf.ts'
export { loadModel, type Model } from './model.ts'
