/**
 * Writes `test/vectors/example-run`, the example of the specification.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleFiles, makeExampleRun } from '../test/support/example-run.ts'
import { ROOT } from './project.ts'

const FOLDER = 'test/vectors/example-run'

for (const [name, bytes] of await exampleFiles(await makeExampleRun())) writeFileSync(join(ROOT, FOLDER, name), bytes)
console.log(`wrote ${FOLDER}`)
