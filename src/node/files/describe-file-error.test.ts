import { expect, test } from 'vitest'
import { describeFileError } from './describe-file-error.ts'

const error = (code?: string): Error => Object.assign(new Error('quotes a secret'), code === undefined ? {} : { code })

test.each([
  ['ENOENT', 'reading', 'there is no such file'],
  ['ENOENT', 'writing', 'the folder to write to is not there'],
  ['EACCES', 'reading', 'permission is denied'],
  ['EISDIR', 'reading', 'it is a folder'],
  ['EIO', 'reading', 'reading failed with EIO'],
  [undefined, 'writing', 'writing failed with an unknown error'],
] as const)('%s while %s: %s', (code, doing, words) => {
  expect(describeFileError(error(code), doing)).toBe(words)
})
