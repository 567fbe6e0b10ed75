import { describe, expect, test } from 'vitest'
import { joinBytes } from '../../src/core/bytes/index.ts'
import { cutAnswer, describeAnswer, type RecordedApi, readRecordedAnswer } from '../support/recorded-answers.ts'
import { describeVectors } from '../support/shared-vectors.ts'

const CHAT: RecordedApi = { path: '/v1/chat/completions', endOfStream: '[DONE]' }
const COMPLETIONS: RecordedApi = { path: '/v1/completions', endOfStream: '[DONE]' }
const EMBEDDINGS: RecordedApi = { path: '/v1/embeddings' }
/** An API that no dialect reads. */
const OTHER: RecordedApi = { path: '/v1/other' }
const GEMINI: RecordedApi = { path: '/v1beta/models/x:streamGenerateContent' }

/** What each answer shows. */
const ANSWERS: Readonly<Record<string, readonly [RecordedApi, string]>> = {
  'mistral/mistral-incremental-tool-call.chunks.txt': [CHAT, 'complete | zai-glm-5-2 | tool_calls | webSearchTool(35)'],
  'mistral/mistral-reasoning.chunks.txt': [CHAT, 'complete | magistral-medium-2507 | stop | 9 bytes: 2 + 2 = 4'],
  'mistral/mistral-text.chunks.txt': [
    CHAT,
    'complete | mistral-small-latest | stop | 38 bytes: Hello, world! This is a ',
  ],
  'mistral/mistral-tool-call.chunks.txt': [CHAT, 'complete | mistral-small-latest | tool_calls | weather(29)'],
  'mistral/mistral-tool-call.json': [CHAT, 'complete | mistral-small-latest | tool_calls | weather(29)'],
  'mistral/mistral-transcription.json': [OTHER, 'open | unobservable | '],
  'deepseek/deepseek-json.json': [CHAT, 'complete | deepseek-reasoner | stop | 78 bytes: {\n  "location": "San Fra'],
  'deepseek/deepseek-text.json': [CHAT, 'complete | deepseek-chat | length | 1375 bytes: ## **Holiday Name: Grati'],
  'deepseek/deepseek-tool-call.chunks.txt': [CHAT, 'complete | deepseek-reasoner | tool_calls | weather(29)'],
  'deepseek/deepseek-tool-call.json': [CHAT, 'complete | deepseek-reasoner | tool_calls | weather(29)'],
  'moonshotai/moonshotai-text.json': [CHAT, 'complete | kimi-k3 | stop | 13 bytes: Hello, world!'],
  'openai-compatible/xai-text.json': [CHAT, 'complete | grok-3-mini | stop | 4 bytes: Grok'],
  'google/basic.chunks.txt': [OTHER, 'open | unobservable | '],
  'google/basic.json': [OTHER, 'open | unobservable | '],
  'google/google-live-speech-translation.chunks.txt': [OTHER, 'open | unobservable | '],
  'google/google-reasoning.chunks.txt': [
    GEMINI,
    'complete | gemini-3-pro-preview | STOP | 79 bytes: There are **3** "r"s in ',
  ],
  'google/google-reasoning.json': [
    GEMINI,
    'complete | gemini-3-pro-preview | STOP | 79 bytes: There are **3** "r"s in ',
  ],
  'google/google-search.json': [OTHER, 'open | unobservable | '],
  'google/google-tool-call-gemini3.chunks.txt': [GEMINI, 'complete | gemini-3-pro-preview | STOP | weather(28)'],
  'google/google-tool-call.chunks.txt': [GEMINI, 'complete | gemini-3-pro-preview | STOP | weather(28)'],
  'google/google-vertex-stream-tool-call-arguments-nested.1.chunks.txt': [
    GEMINI,
    'complete | gemini-3.1-pro-preview | STOP | cookRecipe(5140)',
  ],
  'google/multi-turn-stateful-turn2.chunks.txt': [OTHER, 'open | unobservable | '],
  'google/multi-turn-stateful-turn2.json': [OTHER, 'open | unobservable | '],
  'google/multi-turn-stateless-turn1.chunks.txt': [OTHER, 'open | unobservable | '],
  'google/multi-turn-stateless-turn1.json': [OTHER, 'open | unobservable | '],
  'google/multi-turn-stateless-turn2.chunks.txt': [OTHER, 'open | unobservable | '],
  'google/tool-call-step1.chunks.txt': [OTHER, 'open | unobservable | '],
  'google/tool-call-step2.chunks.txt': [OTHER, 'open | unobservable | '],
  'openai/openai-completion-text.json': [
    COMPLETIONS,
    'complete | gpt-3.5-turbo-instruct:20230824-v2 | length | 77 bytes: The new holiday is calle',
  ],
  'openai/openai-embedding.json': [EMBEDDINGS, 'complete | text-embedding-3-small | embedded'],
  'openai/reasoning-model-legacy-parameter-error.json': [CHAT, 'error | absent | '],
  'openai/openai-error.1.json': [CHAT, 'error | absent | '],
  'cohere/cohere-citations.json': [OTHER, 'open | unobservable | '],
  'cohere/cohere-embedding.json': [OTHER, 'open | unobservable | '],
  'cohere/cohere-empty-tool-call.chunks.txt': [OTHER, 'open | unobservable | '],
  'cohere/cohere-max-tokens.json': [OTHER, 'open | unobservable | '],
  'cohere/cohere-reasoning.chunks.txt': [OTHER, 'open | unobservable | '],
  'cohere/cohere-reasoning.json': [OTHER, 'open | unobservable | '],
  'cohere/cohere-text.chunks.txt': [OTHER, 'open | unobservable | '],
  'cohere/cohere-text.json': [OTHER, 'open | unobservable | '],
  'cohere/cohere-tool-call.chunks.txt': [OTHER, 'open | unobservable | '],
  'cohere/cohere-tool-call.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-only-text-first.1.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-other-tool.1.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-other-tool.1.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-tool-text-then-weather-then-json.1.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-tool.1.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-tool.2.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-tool.2.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-tool.3.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-with-tool.1.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-json-with-tools.1.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-reranking.1.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-tool-call.1.chunks.txt': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-tool-call.1.json': [OTHER, 'open | unobservable | '],
  'amazon-bedrock/amazon-bedrock-tool-no-args.json': [OTHER, 'open | unobservable | '],
}

describeVectors('llm-streams', () => {
  test.each(Object.entries(ANSWERS))('%s', (file, [api, shown]) => {
    const answer = readRecordedAnswer(file, api)
    const cut = cutAnswer(api, answer)
    expect(describeAnswer(cut)).toBe(shown)
    expect(new TextDecoder().decode(joinBytes(cut.leaves.map(({ bytes }) => bytes)))).toBe(answer.pieces.join(''))
  })

  describe('a stream that is not whole is never complete', () => {
    const streams = Object.entries(ANSWERS).filter(([file]) => file.endsWith('.chunks.txt'))
    test.each(streams)('%s', (file, [api]) => {
      const answer = readRecordedAnswer(file, api)
      const { pieces } = answer
      const shapeOf = (...some: readonly string[]) => cutAnswer(api, { ...answer, pieces: some }).shape
      for (let length = 0; length < pieces.length; length += 1) {
        expect(shapeOf(...pieces.slice(0, length)), `the first ${length} events`).not.toBe('complete')
        const last = pieces[length] as string
        expect(shapeOf(...pieces.slice(0, length), last.slice(0, -1)), 'an event cut short').not.toBe('complete')
      }
      expect(shapeOf(...pieces, ...pieces), 'twice').not.toBe('complete')
    })
  })
})
