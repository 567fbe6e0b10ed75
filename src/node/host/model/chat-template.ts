/**
 * The chat template: how messages become the text and tokens that the model sees.
 *
 * Each message is `<|role|>content<|end|>`; the prompt ends with
 * `<|assistant|>`. Content is encoded on its own and as plain text, so a
 * message that spells `<|end|>` cannot end itself.
 *
 * @module
 */

import type { Tokenizer } from './tokenizer.ts'

/** Who speaks. */
export type ChatRole = 'system' | 'user' | 'assistant'

/** One message of a conversation. */
export interface ChatMessage {
  readonly role: ChatRole
  readonly content: string
}

/** The control token that ends a message, and with it the model's answer. */
export const END_TOKEN = '<|end|>'

/** All control tokens, in the order of their ids. */
export const CONTROL_TOKENS: readonly string[] = ['<|system|>', '<|user|>', '<|assistant|>', END_TOKEN]

/** The template in Jinja, as the GGUF file carries it for other programs. */
export const JINJA_TEMPLATE: string =
  "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"

/** The user message that asks `question` about `passage`, in the form the model was trained on. */
export function renderQuestion(passage: string, question: string): string {
  return `Context: ${passage}\nQuestion: ${question}`
}

/** The prompt as text, for people and records; the model gets `encodeChat`. */
export function renderChat(messages: readonly ChatMessage[]): string {
  let text = ''
  for (const message of messages) text += `<|${message.role}|>${message.content}${END_TOKEN}`
  return `${text}<|assistant|>`
}

/** The prompt's token ids. */
export function encodeChat(tokenizer: Tokenizer, messages: readonly ChatMessage[]): number[] {
  const ids: number[] = []
  for (const message of messages) {
    ids.push(tokenizer.controlId(`<|${message.role}|>`))
    for (const id of tokenizer.encode(message.content)) ids.push(id)
    ids.push(tokenizer.controlId(END_TOKEN))
  }
  ids.push(tokenizer.controlId('<|assistant|>'))
  return ids
}
