/**
 * The verifier's page: its parts, and where it goes.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundlePage, type PageParts } from './page.ts'
import { ROOT } from './project.ts'

export const VERIFIER_PAGE: PageParts = {
  markup: 'src/page/verify.html',
  style: 'src/page/verify.css',
  script: 'src/page/main.ts',
}

const PATH = 'dist/verify.html'

export async function writeVerifierPage(): Promise<void> {
  mkdirSync(dirname(join(ROOT, PATH)), { recursive: true })
  writeFileSync(join(ROOT, PATH), await bundlePage(VERIFIER_PAGE))
  console.log(`wrote ${PATH}`)
}
