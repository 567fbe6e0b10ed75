/**
 * A stand-in for Anthropic's Messages API.
 *
 * @module
 */
import { ANSWER, type Api, eventAnswer, jsonAnswer } from './api.ts'

export const ANTHROPIC_MESSAGES: Api = {
  matches: (path) => path.endsWith('/messages'),
  answer: ({ body: { model, stream } }) => {
    const head = { id: 'msg_1', type: 'message', role: 'assistant', model }
    const end = { stop_reason: 'end_turn', stop_sequence: null }
    if (stream !== true) {
      const content = [{ type: 'text', text: ANSWER.join('') }]
      return jsonAnswer({ ...head, content, ...end, usage: { input_tokens: 40, output_tokens: 8 } })
    }
    const begun = { ...head, content: [], stop_reason: null, stop_sequence: null }
    const deltas = ANSWER.map((text) => {
      return { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }
    })
    return eventAnswer(
      [
        { type: 'message_start', message: { ...begun, usage: { input_tokens: 40, output_tokens: 1 } } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'ping' },
        ...deltas,
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: end, usage: { output_tokens: 8 } },
        { type: 'message_stop' },
      ],
      { isNamed: true },
    )
  },
}
