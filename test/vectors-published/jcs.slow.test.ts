import { expect, test } from 'vitest'
import { ownNumberHashes, publishedNumberHashes } from '../support/number-hashes.ts'
import { describeVectors } from '../support/shared-vectors.ts'

describeVectors('jcs-cyberphone', () => {
  test('ten million doubles have the published hash', { timeout: 600_000 }, () => {
    const published = publishedNumberHashes({ maxLines: 10_000_000 })
    expect(published).toHaveLength(5)
    expect(ownNumberHashes(published.map(({ lines }) => lines))).toEqual(published)
  })
})
