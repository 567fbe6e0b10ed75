#!/usr/bin/env node
/**
 * The program `colophon`.
 *
 * @module
 */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

// Before anything is loaded that an older Node does not have.
if (major < 22 || (major === 22 && minor < 13)) {
  const error = {
    code: 'NODE_TOO_OLD',
    message: `this is Node ${process.versions.node}`,
    at: null,
    hint: 'Use Node 22.13 or later.',
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error }, undefined, 2)}\n`)
  else process.stderr.write(`error ${error.code}: ${error.message}\n  what to do: ${error.hint}\n`)
  process.exitCode = 6
} else {
  const { emitWarning } = process
  // Node 22 calls its SQLite experimental, on every start. The store asks for the version that it needs itself.
  process.emitWarning = (warning: string | Error, ...rest: never[]) => {
    if (!/^SQLite is an experimental/.test(String(warning))) emitWarning.call(process, warning, ...rest)
  }
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine(process.argv.slice(2))
}
