/**
 * Chat Completions answers, as a provider writes them.
 */

/** A completion object whose only choice says this. */
export const completionText = (content: string): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'tiny-1',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  })

const event = (delta: object, finishReason: string | null = null): string => {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_790_000_000, model: 'tiny-1', choices }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

export const DONE = 'data: [DONE]\n\n'

/** The events of a stream that says these words; without the end marker. */
export const streamEvents = (words: readonly string[]): string[] => [
  event({ role: 'assistant', content: '' }),
  ...words.map((content) => event({ content })),
  event({}, 'stop'),
]

/** A whole stream. */
export const streamText = (words: readonly string[]): string => `${streamEvents(words).join('')}${DONE}`
