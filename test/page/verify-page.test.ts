/** The verifier's page in Chromium: the same words as the command line's, for people who only have a browser. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { escapeText } from '../../src/core/escape/index.ts'
import { groupChecks } from '../../src/core/explain/index.ts'
import { parseTrustPolicy, type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { bundlePage } from '../../tools/page.ts'
import { VERIFIER_PAGE } from '../../tools/verifier-page.ts'
import { describeInChromium, type OpenPage } from '../support/chromium.ts'
import { filesOf, issueBroken, naughtyTexts } from '../support/naughty-run.ts'
import { hasVectors, readVectorJson } from '../support/shared-vectors.ts'

const EXAMPLE = join(import.meta.dirname, '..', 'vectors', 'example-run')
const [ANSWER, RECORD, DISCLOSURE, TRUST] = [
  'answer.txt',
  'answer.txt.sigstore.json',
  'answer.txt.disclosure.json',
  'trust-policy.json',
] as const
const ALL = [ANSWER, RECORD, DISCLOSURE, TRUST]

type Files = ReadonlyMap<string, Uint8Array>

const exampleFiles = (names: readonly string[] = ALL): Files =>
  new Map(names.map((name) => [name, new Uint8Array(readFileSync(join(EXAMPLE, name)))]))

/** Files as a file chooser hands them over. */
const chosen = (files: Files) =>
  Array.from(files, ([name, bytes]) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }))

/** Texts that would do something if they were read as markup or as an address. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</span></script><svg onload=alert(1)>',
  '"><iframe src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">here</a>',
  '<style>*{display:none}</style>',
  '{{policy}}',
  '\u202eDETSURT\u202c',
  '\u0000\u001b[31m\u2028',
]

describeInChromium('the page', (chromium) => {
  let html: string
  let opened: OpenPage
  let page: Page

  beforeAll(async () => {
    html = await bundlePage(VERIFIER_PAGE)
  }, 60_000)

  beforeEach(async () => {
    opened = await chromium.open(html)
    page = opened.page
  })

  const choose = (files: Files, selector = '#all-files') => page.setInputFiles(selector, chosen(files))
  const verdict = async (tone: 'good' | 'bad' | 'unsure') => {
    await page.waitForSelector(`#verdict.${tone}`)
    return page.locator('#verdict .headline').textContent()
  }

  /** The report of the core in Node. */
  const reportOn = (files: Files): Promise<Report> => {
    const trust = files.get(TRUST)
    return verifyRecord(
      { record: files.get(RECORD) as Uint8Array, output: files.get(ANSWER), disclosure: files.get(DISCLOSURE) },
      trust === undefined ? {} : { trust: parseTrustPolicy(trust) },
    )
  }

  /** Names and reasons of the checks as they stand on the page are those of the report, in its order. */
  async function expectChecks({ checks }: Report): Promise<void> {
    const groups = groupChecks(checks)
    const reasons = await page.locator('.checks .reason > span:first-child').allTextContents()
    expect(reasons).toEqual(groups.map(([{ reason }]) => escapeText(reason)))
    const names = await page.locator('.checks .name').allTextContents()
    expect(names).toEqual(groups.map(([{ id }, ...more]) => (more.length === 0 ? id : `${more.length + 1} checks`)))
  }

  test('the example, all files at once: trusted, with every check and every answer', async () => {
    const report = await reportOn(exampleFiles())
    await choose(exampleFiles())
    expect(await verdict('good')).toBe(report.headline)
    await expectChecks(report)
    expect(await page.locator('.answer h3').count()).toBe(5)
    expect(await page.locator('#report').textContent()).toContain('The lamp costs 5 euros.')
    expect(opened.problems).toEqual([])
  })

  test('another answer: invalid, and nothing of the record is repeated', async () => {
    const files = new Map([...exampleFiles(), [ANSWER, Buffer.from('The lamp costs 9 euros.')]])
    await choose(files)
    const report = await reportOn(files)
    expect(report.exitCode).toBe(1)
    expect(await verdict('bad')).toBe(report.headline)
    await expectChecks(report)
    expect(await page.locator('.answer').count()).toBe(0)
    expect(opened.problems).toEqual([])
  })

  test('file by file, by keyboard and label; without a trust policy it is not trusted', async () => {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('all-files')
    await page.getByLabel('Record', { exact: true }).setInputFiles(chosen(exampleFiles([RECORD])))
    const report = await reportOn(exampleFiles([RECORD]))
    expect(await verdict('unsure')).toBe(report.headline)
    await expectChecks(report)
    await page.getByLabel('Trust policy', { exact: true }).setInputFiles(chosen(exampleFiles([TRUST])))
    await page.getByText('Your trust policy names these').waitFor()
    expect(await verdict('unsure')).toBe((await reportOn(exampleFiles([RECORD, TRUST]))).headline)
    await page.getByRole('button', { name: 'Remove the record' }).click()
    await page.getByText('Open a record to begin.').waitFor()
    expect(opened.problems).toEqual([])
  })

  test('dropped files; another record begins anew, with the same trust policy', async () => {
    const drop = async (files: Files): Promise<void> => {
      const list = Array.from(files, ([name, bytes]) => [name, [...bytes]] as const)
      const dataTransfer = await page.evaluateHandle((dropped) => {
        const transfer = new DataTransfer()
        for (const [name, bytes] of dropped) transfer.items.add(new File([Uint8Array.from(bytes)], name))
        return transfer
      }, list)
      await page.dispatchEvent('main', 'drop', { dataTransfer })
    }
    await drop(exampleFiles())
    await verdict('good')
    await drop(new Map([...exampleFiles([RECORD]), ['other.txt', Buffer.from('Another answer.')]]))
    await verdict('bad')
    expect(await page.locator('.file').allTextContents()).toEqual([RECORD, 'other.txt', 'not opened', TRUST])
    expect(opened.problems).toEqual([])
  })

  test('a trust policy that is not in order is refused as by the command line', async () => {
    await choose(new Map([...exampleFiles([RECORD]), [TRUST, Buffer.from('{"format":"colophon/trust-policy/v1"}')]]))
    expect(await verdict('bad')).toMatch(/^error TRUST_POLICY_MALFORMED: /)
    expect(await page.locator('.checks').count()).toBe(0)
  })

  describe('texts of strangers', () => {
    const published = hasVectors('naughty-strings') ? readVectorJson<string[]>('naughty-strings/blns.json') : []
    const texts = naughtyTexts([...HOSTILE, ...published])

    test('in every field: no element, no attribute, no dialog, no request comes of them', async () => {
      const files = filesOf(await issueBroken(texts), texts)
      await choose(files)
      expect(await verdict('unsure')).toContain(escapeText(texts.signerName))
      const shown = await page.evaluate(() => {
        const elements = [...document.querySelectorAll('#report *, #verdict *, .file *')]
        return {
          tags: [...new Set(elements.map(({ localName }) => localName))].sort(),
          attributes: [...new Set(elements.flatMap((one) => one.getAttributeNames()))].sort(),
          scripts: document.scripts.length,
          text: document.body.textContent,
        }
      })
      const ours = ['dd', 'dl', 'dt', 'figcaption', 'figure', 'h2', 'h3', 'li', 'p', 'pre', 'section', 'span', 'ul']
      expect(shown.tags).toEqual(ours)
      expect(shown.attributes).toEqual(['aria-hidden', 'class'])
      expect(shown.scripts).toBe(1)
      expect(shown.text).not.toMatch(/(?!\n|\t)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u)
      // Each stands there, line by line, as escaped as in a terminal.
      const quoted = new Set(await page.locator('.answer pre').allTextContents())
      for (const text of texts.strings) expect(quoted).toContain(text.split('\n').map(escapeText).join('\n'))
      expect(opened.problems).toEqual([])
    })

    test('as names of files', async () => {
      const names = texts.names.filter((name) => !/[/\0]/.test(name))
      for (const name of names.filter((one) => /[<"&\u202e]/.test(one)).slice(0, 8)) {
        await choose(new Map([[name, Buffer.from('')]]))
        await page.waitForFunction(
          (want) => document.getElementById('answer-name')?.textContent === want,
          escapeText(name),
        )
      }
      expect(await page.locator('#answer-name > *').count()).toBe(1)
      expect(opened.problems).toEqual([])
    })
  })

  test('a page without our policy would be seen to ask, and gets nothing', async () => {
    const { problems } = await chromium.open('<!doctype html><title>x</title><img src="http://127.0.0.1:9/x.png">')
    expect(problems.join()).toContain('request: http://127.0.0.1:9/x.png')
  })
})
