/**
 * The suite as a page's script: `runConformance(json)` gives the results as JSON, with our own cryptography.
 *
 * @module
 */
import { sha256 } from '../../src/core/hash/index.ts'
import { nobleVerifier } from '../../src/core/signature/index.ts'
import { runSuite, type Suite } from './suite.ts'

declare global {
  var runConformance: (suite: string) => Promise<string>
}

globalThis.runConformance = async (suite) =>
  JSON.stringify(await runSuite(JSON.parse(suite) as Suite, { verifier: nobleVerifier, hash: sha256 }))
