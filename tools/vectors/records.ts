/**
 * Vectors of the verifier: whole records, with what may be given beside them, and every check and verdict
 * (`docs/spec/verdicts.md`). Records are made by the plain issuer in `issued.ts`, and expectations by hand.
 *
 * @module
 */
import { nameFiles } from './record-case.ts'
import { ANSWERS } from './records-answers.ts'
import { BOUND_BROKEN } from './records-bound.ts'
import { BOUNDED_RUNS } from './records-bounds.ts'
import { DISCLOSED_BROKEN } from './records-disclosed.ts'
import { FORM_BROKEN } from './records-form.ts'
import { KEYS } from './records-keys.ts'
import { LOGGED_BROKEN } from './records-logged.ts'
import { POLICIES } from './records-policy.ts'
import { REQUIREMENTS } from './records-required.ts'
import { WHOLE } from './records-whole.ts'
import { type RecordsInput, runRecords } from './run-records.ts'
import type { Topic } from './topic.ts'

const { cases, files } = nameFiles([
  ...WHOLE,
  ...ANSWERS,
  ...REQUIREMENTS,
  ...FORM_BROKEN,
  ...BOUND_BROKEN,
  ...LOGGED_BROKEN,
  ...KEYS,
  ...DISCLOSED_BROKEN,
  ...POLICIES,
  ...BOUNDED_RUNS,
])

export const records: Topic<RecordsInput> = {
  topic: 'records',
  spec: 'docs/spec/verdicts.md',
  about:
    'A record, `recordFile`, and beside it, where they are there, an output, a disclosure, a trust policy and the id of ' +
    'the declaration that was agreed on. A verifier refuses nothing, it reports: `authenticity`, `composition`, `exitCode`, ' +
    'and of each check its status, or, where it failed, the code. `runId` and `recordDigest` are null where the record by ' +
    'itself did not hold up. Where one check is not as in the example, one thing is broken, and everything else was ' +
    'signed, logged and committed to anew. A case with `takesRules` takes an implementation that evaluates policy rules. Files that are the same stand in the folder of the first case that names them.',
  cases,
  files,
  run: runRecords,
}
