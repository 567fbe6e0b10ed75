/**
 * The content blocks of a request: what a message of the Anthropic API is made of.
 *
 * What a message says, and the texts of documents, search results and tool results, are content: parts with a number, and
 * the digest of the text itself. What stands beside it (titles, ids, calls, pictures) are values of their own. How the server
 * is to treat a block (`cache_control`, `citations`, `transformations`) is a parameter.
 *
 * @module
 */
import type { Shape, ShapeRole } from '../../spans/index.ts'
import { content, discriminator, each, list, type Members, textOrParts, value, variants } from '../json-api/index.ts'

/** Where the server may keep what it has read so far, as every block can say. */
const CACHE: Members = { cache_control: value('parameters') }

const textBlock = (role: ShapeRole): Members => ({ text: content(role), citations: value(role), ...CACHE })

const imageBlock = (role: ShapeRole): Members => ({
  source: value(role),
  transformations: value('parameters'),
  ...CACHE,
})

/** The texts of a document, wherever its source has them. */
const DOCUMENT_SOURCE = variants('result', 'type', {
  text: { data: content('result'), media_type: discriminator('result', ['text/plain']) },
  content: {
    content: textOrParts(
      'result',
      variants('result', 'type', { text: textBlock('result'), image: imageBlock('result') }),
    ),
  },
  base64: { data: content('result'), media_type: discriminator('result', ['application/pdf']) },
  url: { url: value('result') },
  file: { file_id: value('result') },
})

const DOCUMENT_BLOCK: Members = {
  source: DOCUMENT_SOURCE,
  title: value('result'),
  context: value('result'),
  citations: value('parameters'),
  ...CACHE,
}

const SEARCH_RESULT_BLOCK: Members = {
  content: list('result', variants('result', 'type', { text: textBlock('result') })),
  source: value('result'),
  title: value('result'),
  citations: value('parameters'),
  ...CACHE,
}

/** What a tool of the caller's own gave back. */
const TOOL_RESULT_PART = variants('result', 'type', {
  text: textBlock('result'),
  image: imageBlock('result'),
  document: DOCUMENT_BLOCK,
  search_result: SEARCH_RESULT_BLOCK,
  tool_reference: { tool_name: value('result'), ...CACHE },
  browser_state: { tabs: value('result'), state_changes: value('result'), ...CACHE },
})

const CALL: Members = { ...each(['id', 'name', 'input', 'caller', 'toolset_name'], value('author')), ...CACHE }

/** What a tool of the server's own gave back; `result` is what its `content` holds. */
const serverResult = (result: Shape): Members => ({
  content: result,
  ...each(['tool_use_id', 'caller'], value('author')),
  ...CACHE,
})

const RUN_RESULT: Members = {
  stdout: content('result'),
  stderr: content('result'),
  content: content('result'),
  ...each(['return_code', 'encrypted_stdout', 'abort_reason'], value('result')),
}

const TOOL_CHANGE: Members = {
  tool: variants('tools', 'type', { tool_definition: { definition: value('tools') } }),
  ...CACHE,
}

/** Instructions at the top of the request. */
export const SYSTEM_BLOCK = variants('instructions', 'type', { text: textBlock('instructions') })

export const CONTENT_BLOCK = variants('author', 'type', {
  text: textBlock('author'),
  image: imageBlock('author'),
  document: DOCUMENT_BLOCK,
  search_result: SEARCH_RESULT_BLOCK,
  thinking: each(['thinking', 'signature'], value('author')),
  redacted_thinking: { data: value('author') },
  tool_use: CALL,
  tool_result: {
    content: textOrParts('result', TOOL_RESULT_PART),
    ...each(['tool_use_id', 'is_error', 'toolset_name'], value('author')),
    ...CACHE,
  },
  server_tool_use: CALL,
  web_search_tool_result: serverResult(list('result', value('result'))),
  web_fetch_tool_result: serverResult(
    variants('result', 'type', {
      web_fetch_result: {
        content: variants('result', 'type', { document: DOCUMENT_BLOCK }),
        ...each(['url', 'retrieved_at'], value('result')),
      },
    }),
  ),
  code_execution_tool_result: serverResult(
    variants('result', 'type', { code_execution_result: RUN_RESULT, encrypted_code_execution_result: RUN_RESULT }),
  ),
  bash_code_execution_tool_result: serverResult(variants('result', 'type', { bash_code_execution_result: RUN_RESULT })),
  text_editor_code_execution_tool_result: serverResult(
    variants('result', 'type', {
      text_editor_code_execution_view_result: {
        content: content('result'),
        ...each(['file_type', 'num_lines', 'start_line', 'total_lines'], value('result')),
      },
    }),
  ),
  tool_search_tool_result: serverResult(
    variants('result', 'type', { tool_search_tool_search_result: { tool_references: value('result') } }),
  ),
  advisor_tool_result: serverResult(
    variants('result', 'type', {
      advisor_result: { text: content('result'), stop_reason: value('result') },
      advisor_redacted_result: each(['encrypted_content', 'stop_reason'], value('result')),
    }),
  ),
  mcp_tool_use: { ...CALL, server_name: value('author') },
  mcp_tool_result: {
    content: textOrParts('result', variants('result', 'type', { text: textBlock('result') })),
    ...each(['tool_use_id', 'is_error'], value('author')),
    ...CACHE,
  },
  mcp_tool_listing: { mcp_server_name: value('author'), tools: list('tools', value('tools')) },
  container_upload: { file_id: value('result'), ...CACHE },
  compaction: {
    content: content('author'),
    ...each(['encrypted_content', 'signature'], value('author')),
    tool_changes: value('tools'),
    ...CACHE,
  },
  fallback: each(['from', 'to', 'trigger'], value('author')),
  tool_addition: TOOL_CHANGE,
  tool_removal: TOOL_CHANGE,
})
