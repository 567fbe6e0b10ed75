import { expect, test } from 'vitest'
import { readHeadings } from './headings.ts'

test('anchors are those of GitHub', () => {
  const { titles, anchors } = readHeadings('# A `code` title, and more!\n\n## Twice\n\n## Twice\n\n### HEX_MALFORMED\n')
  expect([...titles]).toEqual(['A code title, and more!', 'Twice', 'HEX_MALFORMED'])
  expect([...anchors]).toEqual(['a-code-title-and-more', 'twice', 'twice-1', 'hex_malformed'])
})

test('a line of code that begins with # is no heading', () => {
  expect([...readHeadings('# One\n\n```sh\n# two\n```\n').titles]).toEqual(['One'])
})
