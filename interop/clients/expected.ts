/**
 * What each client makes of the call: the findings about what it sends, in words, written down by hand.
 *
 * `drops`: declared and not sent. `adds`: sent and not declared. `changes`: sent otherwise than declared; of a tool each
 * value by its place, `+` for one that is added and `-` for one that is left out. A parameter is named alone, everything
 * else with its role.
 *
 * @module
 */
import type { Form } from './call.ts'

export interface Expected {
  /** In every form of the call. */
  readonly always?: readonly string[]
  /** Where the caller sets parameters. */
  readonly set?: readonly string[]
  /** Where the caller sets none. */
  readonly unset?: readonly string[]
  /** Where the answer is to come whole. */
  readonly whole?: readonly string[]
  readonly streamed?: readonly string[]
  /** Places of members that no dialect knows. */
  readonly unknown?: readonly string[]
}

export function expectedWords(expected: Expected, form: Form): readonly string[] {
  const { always = [], set = [], unset = [], whole = [], streamed = [] } = expected
  return [...always, ...(form === 'unset' ? unset : set), ...(form === 'streamed' ? streamed : whole)]
}

/** The AI SDK says which JSON Schema it wrote; LangChain names a later draft. */
const DRAFT_07 = 'adds tools lookup/$schema: "http://json-schema.org/draft-07/schema#"'
const DRAFT_2020 = 'adds tools lookup/$schema: "https://json-schema.org/draft/2020-12/schema"'

/** An older name of the same parameter. */
const MAX_TOKENS_RENAMED = ['drops max_completion_tokens', 'adds max_tokens: 16']

/** The Messages API and the Responses API have no seed. */
const NO_SEED = 'drops seed'

/** What the AI SDK adds to Chat Completions, whatever is above it. */
const AI_CHAT = [DRAFT_07, 'adds tool_choice: "auto"']

const STREAM_WITH_USAGE = ['adds stream: true', 'adds stream_options: {"include_usage":true}']

const AI_ANTHROPIC: Expected = {
  always: [
    'adds header anthropic-version: "2023-06-01"',
    'adds header anthropic-beta: "structured-outputs-2025-11-13"',
    'adds tool_choice: {"type":"auto"}',
    DRAFT_07,
  ],
  streamed: ['adds stream: true', 'adds tools lookup/eager_input_streaming: true'],
}

export const EXPECTED: Readonly<Record<string, Expected>> = {
  'openai, chat': { streamed: ['adds stream: true'] },
  'openai, responses': { set: [NO_SEED], streamed: ['adds stream: true'] },
  '@anthropic-ai/sdk': {
    always: ['adds header anthropic-version: "2026-10-21"'],
    set: [NO_SEED],
    // The caller's own: the client and the API ask for it.
    unset: ['adds max_tokens: 16'],
    streamed: ['adds stream: true'],
  },
  '@google/genai': {},
  ollama: { whole: ['adds stream: false'], streamed: ['adds stream: true'] },
  'ai + openai, chat': { always: AI_CHAT, set: MAX_TOKENS_RENAMED, streamed: STREAM_WITH_USAGE },
  'ai + openai': {
    always: [DRAFT_07, 'adds tool_choice: "auto"'],
    set: [NO_SEED],
    streamed: ['adds stream: true'],
  },
  // A name that it does not know is to it a model that takes no temperature and answers at most 128,000 tokens.
  'ai + anthropic': {
    ...AI_ANTHROPIC,
    set: [NO_SEED, 'drops temperature'],
    unset: ['adds max_tokens: 128000'],
  },
  'ai + anthropic, known model': { ...AI_ANTHROPIC, set: [NO_SEED], unset: ['adds max_tokens: 64000'] },
  'ai + openai-compatible': { always: AI_CHAT, set: MAX_TOKENS_RENAMED, streamed: ['adds stream: true'] },
  'langchain + openai': {
    always: [DRAFT_2020],
    set: MAX_TOKENS_RENAMED,
    whole: ['adds stream: false'],
    streamed: STREAM_WITH_USAGE,
  },
  'langchain + anthropic': {
    always: [DRAFT_2020, 'adds header anthropic-version: "2023-06-01"'],
    set: [NO_SEED],
    unset: ['adds max_tokens: 4096'],
    whole: ['adds stream: false'],
    streamed: ['adds stream: true'],
  },
  '@openai/agents': {
    always: [
      'changes tools lookup: -/strict false, +/parameters/$schema "http://json-schema.org/draft-07/schema#", +/strict true',
      // An empty list.
      'adds include: []',
    ],
    set: [NO_SEED],
    whole: ['adds stream: false'],
    streamed: ['adds stream: true'],
  },
  // To it, too, a model whose name it does not know takes no temperature.
  'mastra + ai openai, chat': {
    always: AI_CHAT,
    set: [...MAX_TOKENS_RENAMED, 'drops temperature'],
    streamed: STREAM_WITH_USAGE,
  },
  'mastra + ai openai, chat, known model': { always: AI_CHAT, set: MAX_TOKENS_RENAMED, streamed: STREAM_WITH_USAGE },
}
