/**
 * A stand-in for OpenAI's Chat Completions API, and for servers that speak it.
 *
 * @module
 */
import { ANSWER, type Api, eventAnswer, jsonAnswer } from './api.ts'

const USAGE = { prompt_tokens: 40, completion_tokens: 8, total_tokens: 48 }

export const CHAT_COMPLETIONS: Api = {
  matches: (path) => path.endsWith('/chat/completions'),
  answer: ({ body: { model, stream } }) => {
    const head = { id: 'chatcmpl-1', created: 1_764_000_000, model, system_fingerprint: 'fp_1' }
    if (stream !== true) {
      const message = { role: 'assistant', content: ANSWER.join(''), refusal: null }
      const choice = { index: 0, message, logprobs: null, finish_reason: 'stop' }
      return jsonAnswer({ object: 'chat.completion', ...head, choices: [choice], usage: USAGE })
    }
    const chunk = (delta: object, reason: string | null = null): object => {
      const choice = { index: 0, delta, logprobs: null, finish_reason: reason }
      return { object: 'chat.completion.chunk', ...head, choices: [choice], usage: null }
    }
    const texts = ANSWER.map((content) => chunk({ content }))
    const last = { object: 'chat.completion.chunk', ...head, choices: [], usage: USAGE }
    return eventAnswer([chunk({ role: 'assistant', content: '' }), ...texts, chunk({}, 'stop'), last], {
      end: 'data: [DONE]\n\n',
    })
  },
}
