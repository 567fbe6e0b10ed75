/**
 * Google Gemini, generateContent and streamGenerateContent, at the Gemini API and at Vertex AI.
 *
 * Version 1, read from the API reference (v1beta) of November 2026. The API takes each name in camelCase and in snake_case.
 * The model stands in the path.
 *
 * @module
 */
import {
  type Authors,
  content,
  discriminator,
  each,
  group,
  type JsonApiTable,
  list,
  type Members,
  messages,
  object,
  oneOrMany,
  type StateRule,
  value,
} from '../json-api/index.ts'
import { geminiReader } from './reader.ts'

/** A member under both of its spellings. */
const both = (members: Members): Members =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, shape]) =>
      [...new Set([name, snakeCase(name)])].map((one) => [one, shape]),
    ),
  )

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const AUTHORS: Authors = {
  by: 'role',
  authors: { user: 'user', model: 'assistant', function: 'result' },
  otherwise: 'user',
}

const FUNCTION_RESPONSE = object(
  'result',
  both({
    response: content('result'),
    ...each(['id', 'name', 'parts', 'willContinue', 'scheduling'], value('result')),
  }),
)

const PART = object(
  'author',
  both({
    text: content('author'),
    functionResponse: FUNCTION_RESPONSE,
    ...each(
      [
        'inlineData',
        'fileData',
        'functionCall',
        'executableCode',
        'codeExecutionResult',
        'toolCall',
        'toolResponse',
        'thought',
        'thoughtSignature',
        'videoMetadata',
        'mediaResolution',
        'partMetadata',
      ],
      value('author'),
    ),
  }),
)

const CONTENT = object('author', {
  role: discriminator('author', Object.keys(AUTHORS.authors)),
  // The API takes one value for a list.
  parts: oneOrMany(PART),
})

const SYSTEM_INSTRUCTION = object('instructions', {
  role: discriminator('instructions', ['user', 'model', 'system']),
  parts: oneOrMany(object('instructions', { text: content('instructions') })),
})

/** Tools of the server's own, which look things up or run things where nobody sees it. */
const HOSTED_TOOLS = [
  'googleSearch',
  'googleSearchRetrieval',
  'enterpriseWebSearch',
  'googleMaps',
  'urlContext',
  'fileSearch',
  'retrieval',
  'codeExecution',
  'mcpServers',
  'parallelAiSearch',
  'exaAiSearch',
]

const TOOL = object(
  'tools',
  both({
    functionDeclarations: list('tools', value('tools')),
    ...each([...HOSTED_TOOLS, 'computerUse'], value('tools')),
  }),
)

const GENERATION_CONFIG = [
  'audioTimestamp',
  'candidateCount',
  'enableAffectiveDialog',
  'enableEnhancedCivicAnswers',
  'frequencyPenalty',
  'imageConfig',
  'logprobs',
  'maxOutputTokens',
  'mediaResolution',
  'modelSelectionConfig',
  'presencePenalty',
  'responseLogprobs',
  'responseMimeType',
  'responseModalities',
  'routingConfig',
  'seed',
  'speechConfig',
  'stopSequences',
  'temperature',
  'thinkingConfig',
  'topK',
  'topP',
]

const SCHEMAS = ['responseFormat', 'responseJsonSchema', 'responseSchema', '_responseJsonSchema']

/** A rule under each spelling of its names: the API takes each by itself, also one beside the other. */
const bothRules = (
  rule: Omit<StateRule, 'at'> & { readonly path: string; readonly names: readonly string[] },
): StateRule[] => {
  const { path, names, ...rest } = rule
  const places = names.reduce<readonly string[]>(
    (before, name) => [...new Set([name, snakeCase(name)])].flatMap((one) => before.map((place) => `${place}/${one}`)),
    [path],
  )
  return places.map((at) => ({ ...rest, at, as: rest.as ?? (names.at(-1) as string) }))
}

const CANDIDATE = object('metadata', {
  content: object('metadata', {
    role: discriminator('metadata', ['model']),
    parts: list(
      'metadata',
      object('metadata', {
        text: value('output'),
        ...each(
          [
            'thought',
            'thoughtSignature',
            'inlineData',
            'fileData',
            'functionCall',
            'executableCode',
            'codeExecutionResult',
            'toolCall',
            'toolResponse',
          ],
          value('metadata'),
        ),
      }),
    ),
  }),
  ...each(
    [
      'index',
      'finishReason',
      'finishMessage',
      'safetyRatings',
      'citationMetadata',
      'groundingMetadata',
      'groundingAttributions',
      'urlContextMetadata',
      'avgLogprobs',
      'logprobsResult',
      'tokenCount',
    ],
    value('metadata'),
  ),
})

export const GOOGLE_GEMINI: JsonApiTable = {
  id: 'google-gemini/1',
  title: 'Google Gemini',
  paths: [
    '/models/{model}:generateContent',
    '/models/{model}:streamGenerateContent',
    '/tunedModels/{model}:generateContent',
    '/tunedModels/{model}:streamGenerateContent',
    '/endpoints/{model}:generateContent',
    '/endpoints/{model}:streamGenerateContent',
  ],
  request: object('parameters', {
    contents: messages('parameters', AUTHORS, CONTENT),
    ...both({
      systemInstruction: SYSTEM_INSTRUCTION,
      tools: oneOrMany(TOOL),
      generationConfig: group(
        'parameters',
        both({ ...each(SCHEMAS, value('outputFormat')), ...each(GENERATION_CONFIG, value('parameters')) }),
      ),
      ...each(
        ['cachedContent', 'labels', 'modelArmorConfig', 'safetySettings', 'serviceTier', 'store', 'toolConfig'],
        value('parameters'),
      ),
    }),
  }),
  serverState: [
    ...['/contents/*/parts/*', '/contents/*/parts'].flatMap((path) => [
      ...bothRules({ path, names: ['fileData', 'fileUri'], hides: 'author' }),
      ...bothRules({ path, names: ['functionResponse', 'parts', '*', 'fileData', 'fileUri'], hides: 'result' }),
    ]),
    ...(['instructions', 'tools', 'context', 'history'] as const).flatMap((hides) =>
      bothRules({ path: '', names: ['cachedContent'], hides, when: 'given' }),
    ),
    ...['/tools/*', '/tools'].flatMap((path) => [
      ...HOSTED_TOOLS.flatMap((name) => bothRules({ path, names: [name], hides: 'context' })),
      ...bothRules({ path, names: ['mcpServers'], hides: 'tools' }),
    ]),
  ],
  response: oneOrMany(
    object('metadata', {
      modelVersion: value('model'),
      candidates: list('metadata', CANDIDATE),
      ...each(
        ['promptFeedback', 'usageMetadata', 'responseId', 'modelStatus', 'createTime', 'error'],
        value('metadata'),
      ),
    }),
  ),
  streams: 'text/event-stream',
  endMarkers: [],
  reader: geminiReader,
}
