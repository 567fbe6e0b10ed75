/**
 * Requests of which the server may read something that the dialect does not, for `cut.ts`.
 *
 * @module
 */
import { type Hidden, reasons, UNREAD } from './cut-cases.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const RULE = 'docs/spec/dialects.md#what-is-not-read'

function unread(dialect: string, path: string) {
  return (name: string, bodyText: string, ...hidden: readonly Hidden[]): Case<In> => ({
    name: `unread-${name}`,
    rule: RULE,
    operation: 'serverState',
    dialect,
    path,
    bodyText,
    accept: { unobservable: reasons(hidden) },
  })
}

const chat = unread('openai-chat-completions/1', '/v1/chat/completions')
const ollama = unread('ollama-chat/1', '/api/chat')
const generate = unread('ollama-generate/1', '/api/generate')
const responses = unread('openai-responses/1', '/v1/responses')
const completions = unread('openai-completions/1', '/v1/completions')

/** Of a request with a name in another case. */
const OTHER_CASE: readonly Hidden[] = [
  ...['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat'],
].map((role) => [role, 'unread: a name in another case'])

export const UNREAD_REQUESTS: readonly Case<In>[] = [
  chat('nothing', '{"messages":[{"role":"user","content":"a"}]}'),
  chat('message-of-an-unknown-author', '{"messages":[{"role":"user"},{"role":"narrator"}]}', ...UNREAD),
  chat('message-that-is-a-text', '{"messages":["a"]}', ...UNREAD),
  chat('messages-that-are-an-object', '{"messages":{"role":"user"}}', ...UNREAD),
  chat('messages-that-are-null', '{"messages":null}', ...UNREAD),
  chat('two-messages-of-unknown-authors', '{"messages":[{"role":"x"},{"role":"y"}]}', ...UNREAD),
  chat('part-of-an-unknown-type', '{"messages":[{"role":"user","content":[{"type":"x"}]}]}'),
  chat('unknown-member', '{"messages":[{"role":"user","messages":[{"role":"x"}]}],"prompt":"a"}'),
  chat('name-in-another-case-that-is-not-read', '{"Messages":[{"role":"user"}]}'),
  chat(
    'after-the-state-at-the-server',
    '{"messages":[{"role":"x"}],"web_search_options":{}}',
    ['context', 'web_search_options'],
    ...UNREAD,
  ),
  responses('item-of-an-unknown-type', '{"input":[{"type":"x"}]}', ...UNREAD),
  responses('input-that-is-a-text', '{"input":"a"}'),
  responses('input-that-is-an-object', '{"input":{"role":"user"}}'),
  completions('messages-of-another-api', '{"messages":[{"role":"x"}]}'),
  ollama('name-in-another-case', '{"Messages":[{"role":"user","content":"a"}]}', ...OTHER_CASE),
  ollama('name-in-another-case-far-inside', '{"messages":[{"role":"user","CONTENT":"a"}]}', ...OTHER_CASE),
  ollama('name-in-another-case-in-a-group', '{"options":{"Temperature":1}}', ...OTHER_CASE),
  ollama('name-in-another-case-with-escapes', '{"\\u004dodel":"a"}', ...OTHER_CASE),
  ollama('name-in-another-case-with-a-kelvin-sign', '{"thin\u212a":true}', ...OTHER_CASE),
  ollama('name-of-another-place', '{"temperature":1}', ...OTHER_CASE),
  ollama('name-that-is-unknown', '{"messages":[{"role":"user","contents":"a"}],"magic":1}'),
  ollama('name-in-another-case-inside-a-value', '{"tools":[{"Model":"a"}],"magic":{"Model":"a"}}'),
  ollama('name-in-another-case-and-an-unknown-author', '{"messages":[{"role":"x"}],"Model":"a"}', ...OTHER_CASE),
  generate('name-of-a-prompt-in-another-case', '{"SYSTEM":"a"}', ...OTHER_CASE),
  generate('name-of-another-api', '{"messages":[{"role":"x"}]}'),
]
