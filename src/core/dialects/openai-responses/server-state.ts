/**
 * How a request to the Responses API leans on its server (`docs/spec/dialects/openai-responses.md`, "Server-side state").
 *
 * Read from OpenAI's guides (developers.openai.com/api/docs/guides) of November 2026: conversation-state, text, file-inputs,
 * images-vision, tools, tools-web-search, tools-file-search, tools-shell, tools-connectors-mcp; and from the comments of the
 * types of `openai` 7.57, which name the rest.
 *
 * @module
 */
import type { StateRule } from '../json-api/index.ts'

type Role = StateRule['hides']

const hiding = (roles: readonly Role[], rule: Omit<StateRule, 'hides'>): StateRule[] =>
  roles.map((hides) => ({ ...rule, hides }))

/** Tools that the server runs: they look things up, run code or make pictures where nobody sees it. */
const SERVERS_TOOLS = [
  'file_search',
  'web_search',
  'web_search_2025_08_26',
  'web_search_preview',
  'web_search_preview_2025_03_11',
  'code_interpreter',
  'image_generation',
  'mcp',
  'programmatic_tool_calling',
]

/** Tools that the caller runs, and the search among the tools that were sent. Where a shell runs is a rule of its own. */
const CALLERS_TOOLS = [
  'function',
  'custom',
  'namespace',
  'computer',
  'computer_use',
  'computer_use_preview',
  'local_shell',
  'shell',
  'apply_patch',
  'tool_search',
]

const toolRules = (tool: string): StateRule[] => [
  { at: `${tool}/type`, hides: 'context', when: { oneOf: SERVERS_TOOLS } },
  { at: `${tool}/type`, hides: 'context', when: { noneOf: [...SERVERS_TOOLS, ...CALLERS_TOOLS] }, as: 'unknown tool' },
  { at: `${tool}<mcp>/type`, hides: 'tools', as: 'mcp' },
  { at: `${tool}/vector_store_ids/*`, hides: 'context', as: 'vector_store_ids' },
  { at: `${tool}/container`, hides: 'context', when: { noneOf: [] } },
  { at: `${tool}/container/file_ids/*`, hides: 'context', as: 'file_ids' },
  { at: `${tool}/environment/type`, hides: 'context', when: { noneOf: ['local'] }, as: 'environment' },
  { at: `${tool}/environment/file_ids/*`, hides: 'context', as: 'file_ids' },
  ...hiding(['instructions', 'context'], { at: `${tool}/environment/skills/*/skill_id`, as: 'skills' }),
  { at: `${tool}/input_image_mask/file_id`, hides: 'tools', when: 'given', as: 'input_image_mask' },
  { at: `${tool}/input_image_mask/image_url`, hides: 'tools', when: 'address', as: 'input_image_mask' },
]

/** Parts of a message, or of what a tool gave back. */
const partRules = (part: string): StateRule[] => [
  ...['input_image', 'computer_screenshot'].flatMap((type): StateRule[] => [
    { at: `${part}<${type}>/image_url`, hides: 'author', when: 'address' },
    { at: `${part}<${type}>/file_id`, hides: 'author', when: 'given' },
  ]),
  { at: `${part}<input_file>/file_data`, hides: 'result', when: 'address' },
  { at: `${part}<input_file>/file_url`, hides: 'result', when: 'address' },
  { at: `${part}<input_file>/file_id`, hides: 'result', when: 'given' },
  { at: `${part}<encrypted_content>/encrypted_content`, hides: 'author', when: { noneOf: [''] } },
]

/** An item of any kind that the server kept. */
const ITEM: readonly Role[] = ['instructions', 'tools', 'author', 'result']

export const SERVER_STATE: readonly StateRule[] = [
  ...hiding(['instructions', 'tools', 'history'], { at: '/previous_response_id', when: 'given' }),
  ...hiding(['instructions', 'tools', 'context', 'history', 'input'], { at: '/conversation', when: 'given' }),
  ...hiding(['instructions', 'tools', 'context', 'history', 'input', 'outputFormat', 'parameters'], {
    at: '/prompt',
    when: 'given',
  }),
  { at: '/prompt', hides: 'model', when: 'given', without: ['model'] },
  ...hiding(ITEM, { at: '/input/*<item_reference>/id', as: 'item_reference' }),
  ...hiding(ITEM, { at: '/input/*/id', without: ['type', 'role'], as: 'item_reference' }),
  ...partRules('/input/*/content/*'),
  ...partRules('/input/*/output/*'),
  { at: '/input/*<computer_call_output>/output/image_url', hides: 'author', when: 'address' },
  { at: '/input/*<computer_call_output>/output/file_id', hides: 'author', when: 'given' },
  { at: '/input/*<reasoning>/type', hides: 'author', without: ['encrypted_content', 'content'], as: 'reasoning' },
  { at: '/input/*<reasoning>/encrypted_content', hides: 'author', when: { noneOf: [''] } },
  { at: '/input/*<compaction>/encrypted_content', hides: 'author', when: { noneOf: [''] } },
  { at: '/input/*<image_generation_call>/type', hides: 'author', without: ['result'], as: 'image_generation_call' },
  { at: '/input/*<web_search_call>/type', hides: 'result', without: ['results'], as: 'web_search_call' },
  { at: '/input/*<file_search_call>/type', hides: 'result', without: ['results'], as: 'file_search_call' },
  { at: '/input/*<code_interpreter_call>/type', hides: 'result', without: ['outputs'], as: 'code_interpreter_call' },
  { at: '/input/*<code_interpreter_call>/outputs/*/url', hides: 'result', when: 'address', as: 'outputs' },
  ...toolRules('/tools/*'),
  ...toolRules('/input/*/tools/*'),
  ...hiding(['context', 'history'], { at: '/context_management/*', as: 'context_management' }),
  { at: '/truncation', hides: 'history', when: { noneOf: ['disabled'] } },
]
