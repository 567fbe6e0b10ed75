/**
 * Vectors of `docs/spec/spans.md` and of the tables in `docs/spec/dialects.md`. Bodies are written as the leaves that
 * they must be cut into, by hand.
 *
 * @module
 */
import { HEADS } from './cut-heads.ts'
import { OPAQUE } from './cut-opaque.ts'
import { REQUESTS } from './cut-requests.ts'
import { RESPONSES } from './cut-responses.ts'
import { STATE } from './cut-state.ts'
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
  cases: [...HEADS, ...REQUESTS, ...STATE, ...OPAQUE, ...RESPONSES],
  run: runCut,
}
