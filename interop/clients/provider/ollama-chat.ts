/**
 * A stand-in for Ollama's chat API, which streams unless it is told not to.
 *
 * @module
 */
import { ANSWER, type Api, type ApiAnswer, jsonAnswer } from './api.ts'

const END = {
  done: true,
  done_reason: 'stop',
  total_duration: 9_000_000,
  load_duration: 1_000_000,
  prompt_eval_count: 40,
  prompt_eval_duration: 4_000_000,
  eval_count: 8,
  eval_duration: 4_000_000,
}

export const OLLAMA_CHAT: Api = {
  matches: (path) => path.endsWith('/api/chat'),
  answer: ({ body: { model, stream } }): ApiAnswer => {
    const line = (content: string, end: object) => {
      return { model, created_at: '2025-11-24T16:00:00Z', message: { role: 'assistant', content }, ...end }
    }
    if (stream === false) return jsonAnswer(line(ANSWER.join(''), END))
    const lines = [...ANSWER.map((text) => line(text, { done: false })), line('', END)]
    return { contentType: 'application/x-ndjson', pieces: lines.map((one) => `${JSON.stringify(one)}\n`) }
  },
}
