/**
 * Tests that need a command of the machine: skipped, with the reason, where it is missing; in the CI that is a failure.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { describe, test } from 'vitest'

/** `describe` for tests that run a command. @param debianPackage what brings it */
export function describeWithCommand(
  { command, debianPackage }: { readonly command: string; readonly debianPackage: string },
  define: () => void,
): void {
  describe(command, () => {
    if (spawnSync(command, ['--version']).error === undefined) define()
    else {
      test(`with ${command}`, ({ skip }) => {
        if (process.env['CI'] === 'true') throw new Error(`${command} is not installed, and the CI needs it`)
        skip(`${command} is not installed (Debian: apt-get install ${debianPackage})`)
      })
    }
  })
}
