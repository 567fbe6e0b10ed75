/**
 * Vectors of `docs/spec/spans.md` and of the tables in `docs/spec/dialects.md`. Bodies are written as the leaves that
 * they must be cut into, by hand.
 *
 * @module
 */
import { ANTHROPIC_MESSAGES } from './cut-anthropic-messages.ts'
import { GOOGLE_GEMINI } from './cut-google-gemini.ts'
import { HEADS } from './cut-heads.ts'
import { OLLAMA } from './cut-ollama.ts'
import { OPAQUE } from './cut-opaque.ts'
import { OPENAI_COMPLETIONS } from './cut-openai-completions.ts'
import { OPENAI_RESPONSES } from './cut-openai-responses.ts'
import { REQUESTS } from './cut-requests.ts'
import { RESPONSES } from './cut-responses.ts'
import { STATE } from './cut-state.ts'
import { UNREAD_REQUESTS } from './cut-unread.ts'
import { type CutInput, OPERATIONS, runCut } from './run/cut.ts'
import type { Topic } from './topic.ts'

export const cut: Topic<CutInput> = {
  topic: 'cut',
  spec: 'docs/spec/spans.md',
  about:
    'Heads and bodies of messages, and the leaves that they are cut into, in order: the index of a leaf is its place in ' +
    'the list. The body is `bodyText` or `bodyHex`; `contentType` is the value of that header, where it is there. A leaf ' +
    'of a head has its bytes as `hex`, one of a body the `length` of its bytes. With `countOnly`, only the number of ' +
    'leaves is asked for. No body makes a cut fail: there are no rejections here; those of cut lists are in cut-list.',
  operations: OPERATIONS,
  cases: [
    ...HEADS,
    ...REQUESTS,
    ...STATE,
    ...UNREAD_REQUESTS,
    ...OPAQUE,
    ...RESPONSES,
    ...OPENAI_COMPLETIONS,
    ...OPENAI_RESPONSES,
    ...ANTHROPIC_MESSAGES,
    ...GOOGLE_GEMINI,
    ...OLLAMA,
  ],
  run: runCut,
}
