/**
 * A stand-in for Gemini's generateContent and streamGenerateContent.
 *
 * @module
 */
import { ANSWER, type Api, eventAnswer, jsonAnswer } from './api.ts'

const GENERATE = ':generateContent'
const STREAM = ':streamGenerateContent'

export const GEMINI: Api = {
  matches: (path) => path.endsWith(GENERATE) || path.endsWith(STREAM),
  answer: ({ path }) => {
    const model = path.slice(path.lastIndexOf('/') + 1).split(':', 1)[0]
    const response = (text: string, end: object) => {
      const candidate = { content: { parts: [{ text }], role: 'model' }, index: 0, ...end }
      const usageMetadata = { promptTokenCount: 40, candidatesTokenCount: 8, totalTokenCount: 48 }
      return { candidates: [candidate], usageMetadata, modelVersion: model, responseId: 'response-1' }
    }
    const end = { finishReason: 'STOP' }
    if (path.endsWith(GENERATE)) return jsonAnswer(response(ANSWER.join(''), end))
    return eventAnswer(ANSWER.map((text, index) => response(text, index === ANSWER.length - 1 ? end : {})))
  },
}
