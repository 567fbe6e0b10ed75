/**
 * Pages in Chromium, opened from disk, with every way to the network shut: what asks for anything is counted and fails.
 *
 * Where Chromium is not installed the tests are skipped, with the reason; in the CI that is a failure.
 *
 * @module
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'

const CHROMIUM = process.env['COLOPHON_CHROMIUM'] ?? '/usr/bin/chromium'

const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  // Whatever slips through the routes below has no name to look up.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // Its sandbox needs a user that is not root; the pages are our own.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export interface OpenPage {
  readonly page: Page
  /** What should not have happened: requests, errors, warnings, dialogs. */
  readonly problems: readonly string[]
}

export interface Chromium {
  /** Writes a page to a folder of its own and opens it from there. */
  open(html: string): Promise<OpenPage>
}

/** `describe` for tests in Chromium. */
export function describeInChromium(name: string, define: (chromium: Chromium) => void): void {
  describe(name, () => {
    if (existsSync(CHROMIUM)) define(startedChromium())
    else {
      test('in Chromium', ({ skip }) => {
        if (process.env['CI'] === 'true') throw new Error('Chromium is not installed, and the CI needs it')
        skip('Chromium is not installed (Debian: apt-get install chromium)')
      })
    }
  })
}

/** Started before the first test, and gone after the last one, with its folders. */
function startedChromium(): Chromium {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'colophon-page-'))
  let pages = 0

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  return {
    open: async (html) => {
      pages += 1
      const file = join(folder, `${pages}.html`)
      writeFileSync(file, html)
      return openFrom(browser, pathToFileURL(file).href)
    },
  }
}

async function openFrom(browser: Browser, url: string): Promise<OpenPage> {
  const problems: string[] = []
  const context = await browser.newContext({ offline: true })
  await context.route('**', (route, request) => {
    if (request.url() === url) return route.continue()
    problems.push(`request: ${request.url()}`)
    return route.abort()
  })
  const page = await context.newPage()
  page.on('console', (message) => void problems.push(`console ${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => void problems.push(`error: ${error.message}`))
  page.on('websocket', (socket) => void problems.push(`socket: ${socket.url()}`))
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => void problems.push(`popup: ${popup.url()}`))
  await page.goto(url)
  return { page, problems }
}
