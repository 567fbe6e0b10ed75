/** Rules in the verifier's page: evaluated in a browser under its content security policy, which allows no `eval`. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { bundlePage } from '../../tools/page.ts'
import { ROOT } from '../../tools/project.ts'
import { VERIFIER_PAGE } from '../../tools/verifier-page.ts'
import { describeInChromium } from '../support/chromium.ts'

const VECTORS = join(ROOT, 'test', 'vectors')
const CASES: readonly { readonly name: string; readonly recordFile: string; readonly disclosureFile?: string }[] =
  JSON.parse(readFileSync(join(VECTORS, 'records.json'), 'utf8')).cases

describeInChromium('the page', (chromium) => {
  let html: string

  beforeAll(async () => {
    html = await bundlePage(VERIFIER_PAGE)
  }, 60_000)

  test.each([
    [
      'rules-kept',
      'Every rule is evaluated again here, with the recorded result.',
      'cool kept: Temperature is 0.3 at most.',
    ],
    [
      'rule-said-to-be-kept',
      'Evaluated here, these rules give another result than the recorded one: no-lamps (kept).',
      '',
    ],
  ])('%s', async (name, reason, row) => {
    const { page, problems } = await chromium.open(html)
    const { recordFile = '', disclosureFile = '' } = CASES.find((one) => one.name === name) ?? {}
    const file = (path: string) => ({
      name: basename(path),
      mimeType: 'application/octet-stream',
      buffer: readFileSync(join(VECTORS, path)),
    })
    await page.setInputFiles('#all-files', [file(recordFile), file(disclosureFile)])
    const told = page.locator('.checks .reason > span:first-child')
    await told.first().waitFor()
    expect(await told.allTextContents()).toContain(reason)
    expect(await page.locator('#report').textContent()).toContain(row)
    expect(problems).toEqual([])
  })
})
