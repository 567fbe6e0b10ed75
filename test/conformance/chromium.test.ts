/** The suite in Chromium: the same cases, from one page on disk without a network, have the same results as in Node. */
import { beforeAll, expect, test } from 'vitest'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { bundlePage } from '../../tools/page.ts'
import { describeInChromium, type OpenPage } from '../support/chromium.ts'
import { readSuite } from './read-suite.ts'
import { type Result, runSuite } from './suite.ts'

describeInChromium('conformance', (chromium) => {
  let opened: OpenPage

  beforeAll(async () => {
    const html = await bundlePage({ markup: 'test/conformance/page.html', script: 'test/conformance/page.ts' })
    opened = await chromium.open(html)
  }, 60_000)

  test('every result is that of Node, and nothing was asked of anybody', { timeout: 60_000 }, async () => {
    const suite = readSuite()
    const evaluated = opened.page.evaluate((cases) => globalThis.runConformance(cases), JSON.stringify(suite))
    // Meanwhile, in a process of its own, Chromium does the same.
    const inNode = await runSuite(suite, { verifier: nodeVerifier, hash: nodeSha256 })
    const inChromium = JSON.parse(await evaluated) as readonly Result[]
    expect(inChromium).toHaveLength(inNode.length)
    for (const [place, result] of inChromium.entries()) expect(result).toEqual(inNode[place])
    expect(opened.problems).toEqual([])
  })

  test('a request would have been seen, and is refused', async () => {
    const { page, problems } = opened
    const reach = (): Promise<string> => fetch('http://127.0.0.1:9/').then(() => 'reached', String)
    expect(await page.evaluate(reach)).toContain('TypeError')
    expect(problems.join()).toContain('Content Security Policy')
  })
})
