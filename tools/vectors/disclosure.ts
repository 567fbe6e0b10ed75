/**
 * Vectors of `docs/spec/disclosure.md` and of closure in `docs/spec/spans.md`. Expectations by hand.
 *
 * @module
 */
import { CLOSURE } from './disclosure-closure.ts'
import { FILES } from './disclosure-files.ts'
import { OPENINGS } from './disclosure-openings.ts'
import { type DisclosureInput, OPERATIONS, runDisclosure } from './run/disclosure.ts'
import type { Topic } from './topic.ts'

export const disclosure: Topic<DisclosureInput> = {
  topic: 'disclosure',
  spec: 'docs/spec/disclosure.md',
  about:
    'Disclosure files, `fileText`: read by themselves, opened against a commitment of one `direction` and `dialect`, and ' +
    'cut again. That contents are those of a declaration is for the records.',
  operations: OPERATIONS,
  cases: [...FILES, ...OPENINGS, ...CLOSURE],
  run: runDisclosure,
}
