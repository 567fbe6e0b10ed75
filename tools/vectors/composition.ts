/**
 * Vectors of `docs/spec/composition.md` and of the model names in `docs/spec/record.md`. Expectations by hand.
 *
 * @module
 */
import { BOUNDS } from './composition-bounds.ts'
import { PARTS_OF_DIALECTS } from './composition-dialects.ts'
import { FINDINGS } from './composition-findings.ts'
import { MODELS } from './composition-models.ts'
import { PARTS } from './composition-parts.ts'
import { NAMED_AND_ADDED } from './composition-passages.ts'
import { type CompositionInput, OPERATIONS, runComposition } from './run/composition.ts'
import type { Topic } from './topic.ts'

export const composition: Topic<CompositionInput> = {
  topic: 'composition',
  spec: 'docs/spec/composition.md',
  about:
    'Requests (`POST`, to `path` or else `/v1/chat/completions`, with `headers` and `query`, the body `bodyText` and the cut list ' +
    '`cutListText`, or else without passages), their parts, and how they compare with a declaration.',
  operations: OPERATIONS,
  cases: [...PARTS, ...PARTS_OF_DIALECTS, ...FINDINGS, ...BOUNDS, ...NAMED_AND_ADDED, ...MODELS],
  run: runComposition,
}
