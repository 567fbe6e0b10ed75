/**
 * A stand-in for OpenAI's Responses API.
 *
 * @module
 */
import { ANSWER, type Api, eventAnswer, jsonAnswer } from './api.ts'

const USAGE = {
  input_tokens: 40,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 8,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 48,
}

const PLACE = { item_id: 'msg_1', output_index: 0, content_index: 0 }

export const RESPONSES: Api = {
  matches: (path) => path.endsWith('/responses'),
  answer: ({ body: { model, stream } }) => {
    const part = textPart(ANSWER.join(''))
    const item = message('completed', [part])
    const response = responseOf(model, 'completed', [item])
    if (stream !== true) return jsonAnswer(response)
    const begun = responseOf(model, 'in_progress', [])
    const events = [
      { type: 'response.created', response: begun },
      { type: 'response.in_progress', response: begun },
      { type: 'response.output_item.added', output_index: 0, item: message('in_progress', []) },
      { type: 'response.content_part.added', ...PLACE, part: textPart('') },
      ...ANSWER.map((delta) => ({ type: 'response.output_text.delta', ...PLACE, delta, logprobs: [] })),
      { type: 'response.output_text.done', ...PLACE, text: part.text, logprobs: [] },
      { type: 'response.content_part.done', ...PLACE, part },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response },
    ]
    return eventAnswer(
      events.map((event, index) => ({ ...event, sequence_number: index })),
      { isNamed: true },
    )
  },
}

const textPart = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] })

const message = (status: string, content: readonly object[]) => {
  return { id: 'msg_1', type: 'message', role: 'assistant', status, content }
}

const responseOf = (model: string | undefined, status: string, output: readonly object[]) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_764_000_000,
  status,
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  model,
  output,
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  service_tier: 'default',
  store: true,
  temperature: 1,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  truncation: 'disabled',
  usage: status === 'completed' ? USAGE : null,
})
