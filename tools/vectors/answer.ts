/**
 * Vectors of how answers are read (`docs/spec/dialects.md`, "The answer"). Expectations by hand.
 *
 * @module
 */
import { ANTHROPIC_MESSAGES } from './answer-anthropic-messages.ts'
import { GOOGLE_GEMINI } from './answer-google-gemini.ts'
import { OLLAMA } from './answer-ollama.ts'
import { OPENAI_COMPLETIONS } from './answer-openai-completions.ts'
import { OPENAI_RESPONSES } from './answer-openai-responses.ts'
import { STREAMS } from './answer-streams.ts'
import { ANSWERS } from './answer-whole.ts'
import { accepted, type AnswerInput as In } from './answers.ts'
import { runAnswer } from './run/answer.ts'
import type { Case, Topic } from './topic.ts'

const RULE = 'docs/spec/dialects.md#the-opaque-dialect'

const opaque = (name: string, status: number, shape: 'open' | 'error'): Case<In> => ({
  name: `opaque-${name}`,
  rule: RULE,
  dialect: 'opaque/1',
  status,
  contentType: 'application/json',
  bodyText: '{"model":"m","choices":[{"index":0,"message":{"content":"Hi."},"finish_reason":"stop"}]}',
  accept: accepted({ model: null, shape }),
})

export const answer: Topic<In> = {
  topic: 'answer',
  spec: 'docs/spec/dialects.md',
  about:
    'What the body of a response (`bodyText` or `bodyHex`) with `status` and `contentType` says, read by `dialect`: the ' +
    '`outputs` in order, each the whole text of a choice; the `model` that says it answered (`named`, `absent`, or ' +
    '`unobservable` where that cannot be told); its `fingerprint`; the `finishReasons` in the order of choices; the ' +
    '`toolCalls` in the order in which they began, each with what is known of `id` and `name`; the usage in canonical ' +
    'form as `usageText`; and the `shape` of its end. What is not there has no member. With ' +
    '`countOnly`, only the number of tool calls and the shape are asked for. No body makes reading fail.',
  cases: [
    ...ANSWERS,
    ...STREAMS,
    ...OPENAI_COMPLETIONS,
    ...OPENAI_RESPONSES,
    ...ANTHROPIC_MESSAGES,
    ...GOOGLE_GEMINI,
    ...OLLAMA,
    opaque('200', 200, 'open'),
    opaque('399', 399, 'open'),
    opaque('400', 400, 'error'),
  ],
  run: runAnswer,
}
