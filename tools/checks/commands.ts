/**
 * Checks that are somebody else's programs: Biome and the TypeScript compiler.
 *
 * @module
 */
import { runCommand } from '../run-command.ts'
import type { Check } from './check.ts'

const BIOME = 'node_modules/@biomejs/biome/bin/biome'
const TSC = 'node_modules/typescript/bin/tsc'

/** Compiles the tiers, each against its own library: what is not allowed there does not exist there. */
export const compilerTiers = commandCheck('compiler tiers', [TSC, '-b'])

export const formatAndLint = commandCheck('format and lint', [BIOME, 'check', '--error-on-warnings'])

/** Everything again with the tests and tools. */
export const typesOfTests = commandCheck('types of tests', [TSC, '-p', 'tsconfig.test.json'])

function commandCheck(name: string, scriptAndArguments: readonly string[]): Check {
  return {
    name,
    run: async () => {
      const { ok, output } = await runCommand(scriptAndArguments)
      return ok ? [] : [output]
    },
  }
}
