/**
 * Name and version of this software, as records state them.
 *
 * @module
 */
import { readFileSync } from 'node:fs'

/** As far from `dist/node/software` as from `src/node/software`. */
const MANIFEST = new URL('../../../package.json', import.meta.url)

export const VERSION: string = (JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string }).version

/** Such as `colophon/0.1.0`. */
export const SOFTWARE: string = `colophon/${VERSION}`
