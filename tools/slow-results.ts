/**
 * `docs/slow-tests.md`: what the slow tests gave when they last ran, at which commit, on what.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ROOT } from './project.ts'
import type { EndedTest } from './vitest-reporter.ts'

export const SLOW_RESULTS = 'docs/slow-tests.md'

export function writeSlowResults(tests: readonly EndedTest[]): void {
  writeFileSync(join(ROOT, SLOW_RESULTS), formatSlowResults(tests))
}

function formatSlowResults(tests: readonly EndedTest[]): string {
  const files = [...new Set(tests.map(({ file }) => file))].sort()
  const failed = tests.filter(({ state }) => state === 'failed').length
  const skipped = tests.filter(({ state }) => state === 'skipped').length
  return `# Slow tests

<!-- Written by tools/slow-results.ts; do not edit. -->

What \`npm run test:slow\` adds to \`npm test\`, as it last ran: ${tests.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped.
A share of each runs in \`npm test\`, too.

| | |
| --- | --- |
| commit | ${commit()} |
| date | ${new Date().toISOString().slice(0, 10)} |
| machine | ${platform()} ${arch()}, ${cpus().length} cores |
| software | Node ${process.versions.node}, SQLite ${sqliteVersion()} |
${files.map((file) => formatFile(file, tests)).join('')}`
}

function formatFile(file: string, tests: readonly EndedTest[]): string {
  const rows = tests
    .filter((test) => test.file === file)
    .map(({ name, state, durationMs, figures }) => {
      return `| ${escaped(name)} | ${state} | ${(durationMs / 1000).toFixed(1)} | ${escaped(figures.join('; '))} |\n`
    })
  return `
## ${file}

| test | | seconds | figures |
| --- | --- | --- | --- |
${rows.join('')}`
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')

function commit(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ', with changes that are not in it'
  return `\`${git('rev-parse', 'HEAD')}\`${changed}`
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:')
  const row = database.prepare('select sqlite_version() as version').get()
  database.close()
  return String(row?.['version'])
}
