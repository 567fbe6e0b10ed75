/**
 * A folder of its own for each test that asks for one, gone after the test.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Path of a new, empty folder. */
export const temporaryFolder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'colophon-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
