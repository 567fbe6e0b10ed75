/**
 * Writes the tables of `docs/spec/policy.md`.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatPolicyDocs, POLICY_PAGE } from './policy-docs.ts'
import { ROOT, readText } from './project.ts'

writeFileSync(join(ROOT, POLICY_PAGE), formatPolicyDocs(readText(POLICY_PAGE)))
console.log(`wrote ${POLICY_PAGE}`)
