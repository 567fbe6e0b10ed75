/** A full disk: the operating system lets no file grow past a limit. Nothing is left half-written, and later all is well. */
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { colophon } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const RUN = ['run', 'declaration.yaml', '--context', 'Order 5 is for Anna.', '--input', 'Who is order 5 for?']

test('init leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const { exitCode, stderr } = await colophon(['init'], { folder, maxFileBytes: 20_480 })
  expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 6, code: 'error STORE_FAILED' })
  expect(readdirSync(folder)).toEqual([])
})

test('a run whose store cannot grow is refused, and goes through once it can', async () => {
  const folder = temporaryFolder()
  expect((await colophon(['init'], { folder })).exitCode).toBe(0)
  const { exitCode, stderr } = await colophon(RUN, { folder, maxFileBytes: 35_840 })
  expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 6, code: 'error STORE_FAILED' })
  expect(readdirSync(folder).sort()).toEqual(['.colophon', 'declaration.yaml'])
  expect((await colophon(RUN, { folder })).exitCode).toBe(0)
})
