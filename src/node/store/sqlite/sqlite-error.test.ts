/**
 * A store that fails says where it lies, and what to do about it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import type { ColophonError } from '../../../core/errors.ts'
import { storeError } from './sqlite-error.ts'

const AT = '/shop/.colophon/store.sqlite'

function errorOf(work: () => unknown): ColophonError {
  try {
    work()
  } catch (error) {
    return storeError(error, { at: AT, doing: 'cannot write the store' })
  }
  throw new Error('it was done')
}

function openTable(options: { readonly readOnly: boolean }): DatabaseSync {
  const path = join(temporaryFolder(), 'a.db')
  const made = new DatabaseSync(path)
  made.exec('create table a (b)')
  made.close()
  const database = new DatabaseSync(path, options)
  onTestFinished(() => database.close())
  return database
}

test('a disk without room', () => {
  const database = openTable({ readOnly: false })
  database.exec('pragma max_page_count = 3')
  const error = errorOf(() => database.exec('insert into a values (zeroblob(100000))'))
  expect(error).toMatchObject({ code: 'STORE_FAILED', at: AT, hint: expect.stringMatching(/^Make room/) })
})

test('a file that may not be written', () => {
  const database = openTable({ readOnly: true })
  const error = errorOf(() => database.exec('insert into a values (1)'))
  expect(error).toMatchObject({ code: 'STORE_FAILED', at: AT, hint: expect.stringMatching(/^Check the permissions/) })
})

test('a file system that refuses, in words and without its own text', () => {
  const error = errorOf(() => readFileSync(temporaryFolder()))
  expect(error).toMatchObject({ code: 'STORE_FAILED', at: AT, message: 'cannot write the store: it is a folder' })
})
