/**
 * What the input of a request to the Responses API consists of: messages, and items that say by their `type` what they are
 * (`docs/spec/dialects/openai-responses.md`, "Request table" and "Messages").
 *
 * @module
 */
import type { Author, Shape } from '../../spans/index.ts'
import {
  type Authors,
  content,
  discriminator,
  each,
  list,
  type Members,
  object,
  textOrParts,
  value,
  variants,
} from '../json-api/index.ts'
import {
  AGENT_OUTPUT_PART,
  AGENT_PART,
  MESSAGE_PART,
  OUTPUT_PART,
  REASONING_PART,
  SCREENSHOT_PART,
  SUMMARY_PART,
} from './content-parts.ts'

const ROLES: Readonly<Record<string, Author>> = {
  system: 'instructions',
  developer: 'instructions',
  user: 'user',
  assistant: 'assistant',
}

/** An item with these members, and with those that any item may have. */
const item = (plain: readonly string[], members: Members = {}): Members => ({
  ...members,
  ...each([...plain, 'id', 'status', 'agent', 'created_by'], value('author')),
})

const MESSAGE = item(['phase'], {
  role: discriminator('author', Object.keys(ROLES)),
  content: textOrParts('author', MESSAGE_PART),
})

const TOOLS: Members = { tools: list('tools', value('tools')) }

/** What a tool of the caller gave back. */
const OUTPUT: Members = { output: textOrParts('author', OUTPUT_PART) }

const SEARCH_RESULTS = list(
  'result',
  object('result', {
    text: content('result'),
    ...each(['file_id', 'filename', 'score', 'attributes', 'vector_store_id'], value('result')),
  }),
)

const CODE_OUTPUTS = list(
  'result',
  variants('result', 'type', { logs: { logs: content('result') }, image: { url: value('result') } }),
)

const SHELL_OUTPUT = list(
  'author',
  object('author', { stdout: content('author'), stderr: content('author'), outcome: value('author') }),
)

const FUNCTION = ['call_id', 'name', 'namespace', 'caller', 'async']
const CALL = ['call_id', 'caller']
const IMAGE_CALL = ['result', 'action', 'background', 'error', 'output_format', 'quality', 'revised_prompt', 'size']

/** What an answer consisted of that is sent again. */
const OF_ASSISTANT: Readonly<Record<string, Members>> = {
  reasoning: item(['encrypted_content'], {
    summary: list('author', SUMMARY_PART),
    content: list('author', REASONING_PART),
  }),
  function_call: item([...FUNCTION, 'arguments']),
  custom_tool_call: item([...FUNCTION, 'input']),
  file_search_call: item(['queries'], { results: SEARCH_RESULTS }),
  web_search_call: item(['action'], { results: value('result') }),
  code_interpreter_call: item(['code', 'container_id'], { outputs: CODE_OUTPUTS }),
  image_generation_call: item([...IMAGE_CALL, 'svg_usage']),
  computer_call: item(['call_id', 'action', 'actions', 'pending_safety_checks']),
  local_shell_call: item(['call_id', 'action']),
  shell_call: item([...CALL, 'action', 'environment']),
  apply_patch_call: item([...CALL, 'operation']),
  mcp_list_tools: item(['server_label', 'error'], TOOLS),
  mcp_approval_request: item(['server_label', 'name', 'arguments']),
  mcp_call: item(['server_label', 'name', 'arguments', 'approval_request_id'], {
    output: content('result'),
    error: value('result'),
  }),
  tool_search_call: item(['call_id', 'execution', 'arguments']),
  program: item(['call_id', 'code', 'fingerprint']),
  compaction: item(['encrypted_content']),
  item_reference: item([]),
  agent_message: item(['author', 'recipient'], { content: list('author', AGENT_PART) }),
  multi_agent_call: item(['call_id', 'action', 'arguments']),
}

const OF_RESULT: Readonly<Record<string, Members>> = {
  function_call_output: item(FUNCTION, OUTPUT),
  custom_tool_call_output: item(CALL, OUTPUT),
  computer_call_output: item(['call_id', 'acknowledged_safety_checks'], { output: SCREENSHOT_PART }),
  local_shell_call_output: item(['call_id'], { output: content('author') }),
  shell_call_output: item([...CALL, 'max_output_length'], { output: SHELL_OUTPUT }),
  apply_patch_call_output: item(CALL, { output: content('author') }),
  tool_search_output: item(['call_id', 'execution'], TOOLS),
  program_output: item(['call_id'], { result: content('author') }),
  multi_agent_call_output: item(['call_id', 'action'], { output: list('author', AGENT_OUTPUT_PART) }),
}

const OF_USER: Readonly<Record<string, Members>> = {
  mcp_approval_response: item(['approval_request_id', 'approve', 'reason']),
}

const OF_INSTRUCTIONS: Readonly<Record<string, Members>> = {
  additional_tools: item([], { role: discriminator('author', ['developer']), ...TOOLS }),
  configuration_update: item([], {
    reasoning: value('parameters'),
    text: object('parameters', { format: value('outputFormat') }),
  }),
}

const of = (author: Author, items: Readonly<Record<string, Members>>): Record<string, Author> =>
  Object.fromEntries(Object.keys(items).map((type) => [type, author]))

/** An object that says neither is a reference to an item by its id. */
export const AUTHORS: Authors = {
  by: 'role',
  authors: ROLES,
  types: {
    ...of('assistant', OF_ASSISTANT),
    ...of('result', OF_RESULT),
    ...of('user', OF_USER),
    ...of('instructions', OF_INSTRUCTIONS),
  },
  otherwise: 'assistant',
}

/** A message may leave out its type. */
export const INPUT_ITEM: Shape = variants(
  'author',
  'type',
  { message: MESSAGE, ...OF_ASSISTANT, ...OF_RESULT, ...OF_USER, ...OF_INSTRUCTIONS },
  object('author', { type: value('author'), ...MESSAGE }),
)
