/**
 * An upstream that answers every chat with the same words, streamed where a stream is asked for.
 *
 * @module
 */
import {
  chunkedReply,
  type ReceivedRequest,
  type Reply,
  type ScriptedUpstream,
  startUpstream,
  wholeReply,
} from './scripted-upstream.ts'

export const ANSWER = 'Certainly. The red lamp costs 12 euros.'
export const MODEL = 'colophon-tiny@sha256:0123456789ab'

export const startChatUpstream = (script: (request: ReceivedRequest) => Reply = chatReply): Promise<ScriptedUpstream> =>
  startUpstream(script)

export function chatReply({ body }: ReceivedRequest): Reply {
  const isStream = (JSON.parse(body.toString()) as { stream?: boolean }).stream === true
  return isStream ? chunkedReply(streamed()) : wholeReply(completion({ content: ANSWER }))
}

export const completion = (message: object): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: MODEL,
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
  })

function streamed(): string[] {
  const event = (delta: object, finishReason: string | null): string => {
    const choices = [{ index: 0, delta, finish_reason: finishReason }]
    return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: MODEL, choices })}\n\n`
  }
  const half = ANSWER.length >> 1
  return [
    event({ role: 'assistant', content: ANSWER.slice(0, half) }, null),
    event({ content: ANSWER.slice(half) }, null),
    event({}, 'stop'),
    'data: [DONE]\n\n',
  ]
}
