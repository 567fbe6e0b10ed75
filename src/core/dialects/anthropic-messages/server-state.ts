/**
 * How requests to the Anthropic API lean on what is not in them: everything that its documentation of November 2026 has.
 *
 * Of https://platform.claude.com/docs/en/: api/messages, build-with-claude/files, build-with-claude/message-threads,
 * build-with-claude/context-editing, build-with-claude/compaction, build-with-claude/thinking,
 * build-with-claude/skills-guide, agents-and-tools/mcp-connector, agents-and-tools/tool-use/server-tools. What is encrypted
 * stands in the request, and only the server can read it: it hides what it says as well as a file there does.
 *
 * Not listed, since they hide nothing. `cache_control`: what the server has kept is used only where the same bytes are sent
 * again. Tools that the caller runs (`bash`, `computer`, `text_editor`, `memory`, `browser_toolset`): what they give back is
 * sent. Tool search: what it finds is among the tools that are sent. `diagnostics`: it compares, and changes nothing.
 * `fallbacks`: the model that answers is the answer's to say.
 *
 * @module
 */
import type { StateRule } from '../json-api/index.ts'

/** Tools that the server runs, where nobody sees what they find before the model does. */
const SERVER_TOOLS = [
  'web_search_20250305',
  'web_search_20260209',
  'web_search_20260318',
  'web_fetch_20250910',
  'web_fetch_20260209',
  'web_fetch_20260309',
  'web_fetch_20260318',
  'code_execution_20250522',
  'code_execution_20250825',
  'code_execution_20260120',
  'code_execution_20260521',
  'advisor_20260301',
]

/** Tools that the caller runs, or that choose among the tools that are sent. */
const OTHER_TOOLS = [
  'custom',
  'bash_20241022',
  'bash_20250124',
  'computer_20241022',
  'computer_20250124',
  'computer_20251124',
  'computer_toolset_20260801',
  'browser_toolset_20260801',
  'memory_20250818',
  'text_editor_20241022',
  'text_editor_20250124',
  'text_editor_20250429',
  'text_editor_20250728',
  'tool_search_tool_bm25',
  'tool_search_tool_bm25_20251119',
  'tool_search_tool_regex',
  'tool_search_tool_regex_20251119',
  'mcp_toolset',
]

const hides = (roles: readonly StateRule['hides'][], rule: Omit<StateRule, 'hides'>): StateRule[] =>
  roles.map((role) => ({ ...rule, hides: role }))

const BLOCK = '/messages/*/content/*'

/** Files at the server, and addresses that it fetches from. */
const SOURCES: readonly (readonly [string, 'author' | 'result'])[] = [
  [`${BLOCK}<image>/source`, 'author'],
  [`${BLOCK}<document>/source`, 'result'],
  [`${BLOCK}<document>/source/content/*/source`, 'result'],
  [`${BLOCK}<tool_result>/content/*/source`, 'result'],
  [`${BLOCK}<tool_result>/content/*/source/content/*/source`, 'result'],
  [`${BLOCK}<web_fetch_tool_result>/content/content/source`, 'result'],
  [`${BLOCK}<web_fetch_tool_result>/content/content/source/content/*/source`, 'result'],
]

/** A tool that stands at `at`, which can be one of a version that is not known here. */
const toolRules = (at: string): StateRule[] => [
  { at, hides: 'context', when: { oneOf: SERVER_TOOLS } },
  { at, hides: 'context', when: { noneOf: [...SERVER_TOOLS, ...OTHER_TOOLS] }, as: 'unknown tool' },
]

export const SERVER_STATE: readonly StateRule[] = [
  ...hides(['instructions', 'tools', 'context', 'history'], { at: '/thread/previous_message_id', when: 'given' }),
  ...SOURCES.flatMap(([at, role]) => [
    ...hides([role], { at: `${at}/file_id` }),
    ...hides([role], { at: `${at}/url` }),
  ]),
  { at: `${BLOCK}<container_upload>/file_id`, hides: 'result' },
  { at: `${BLOCK}/content/content/*/file_id`, hides: 'result' },
  { at: `${BLOCK}<thinking>/signature`, hides: 'author', when: { noneOf: [''] } },
  { at: `${BLOCK}<redacted_thinking>/data`, hides: 'author', as: 'redacted_thinking' },
  { at: `${BLOCK}<compaction>/encrypted_content`, hides: 'author', when: 'given' },
  { at: `${BLOCK}<web_search_tool_result>/content/*/encrypted_content`, hides: 'result' },
  { at: `${BLOCK}<code_execution_tool_result>/content/encrypted_stdout`, hides: 'result' },
  { at: `${BLOCK}<advisor_tool_result>/content/encrypted_content`, hides: 'result' },
  // A container is named by its id alone, or by an object that can name skills to load into it.
  { at: '/container', hides: 'context', when: { noneOf: [] } },
  { at: '/container/id', hides: 'context', when: 'given', as: 'container' },
  ...hides(['instructions', 'context'], { at: '/container/skills/*', as: 'skills' }),
  ...hides(['tools', 'context'], { at: '/mcp_servers/*', as: 'mcp_servers' }),
  ...toolRules('/tools/*/type'),
  ...toolRules(`${BLOCK}<tool_addition>/tool/definition/type`),
  ...hides(['context', 'history'], { at: '/context_management/edits/*', as: 'context_management' }),
  { at: '/compaction', hides: 'instructions', when: 'given' },
]
