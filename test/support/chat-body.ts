/**
 * Chat bodies of a given size: a conversation about lamps, with the tools and parameters that clients send.
 *
 * @module
 */

const PARAGRAPH =
  'The red lamp costs 12 euros and stands in the hall, by the door; ask "the host" for it, who has the café’s keys.\n'

const TOOL = {
  type: 'function',
  function: {
    name: 'lookup',
    description: 'Looks up what a thing costs.',
    parameters: { type: 'object', properties: { thing: { type: 'string' } }, required: ['thing'] },
    strict: true,
  },
}

/** The text of a Chat Completions request of about so many bytes, in turns of about 900. */
export function chatBody(sizeBytes: number): string {
  const turns = Math.max(1, Math.round((sizeBytes - 700) / 900))
  const messages = Array.from({ length: turns }, (_, turn) => {
    return { role: turn % 2 === 0 ? 'user' : 'assistant', content: PARAGRAPH.repeat(8) }
  })
  return JSON.stringify({
    model: 'gpt-mock',
    messages: [
      { role: 'system', content: 'You are terse.' },
      ...messages,
      { role: 'user', content: 'How much is it?' },
    ],
    tools: [TOOL],
    temperature: 0,
    top_p: 1,
    seed: 7,
    max_completion_tokens: 16,
  })
}
