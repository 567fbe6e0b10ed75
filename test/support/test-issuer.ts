/**
 * An issuer at work in a temporary folder: real keys, real store, real log.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveDeclaration } from '../../src/core/declaration/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import type { Capture } from '../../src/core/run/index.ts'
import { type Issuer, openIssuer } from '../../src/node/issuer/index.ts'
import { generateIssuerKey, generateLogKey } from '../../src/node/keys/index.ts'
import { declare } from '../../src/web/capture/index.ts'

const ORIGIN = '2026a.log.example'
const GATEWAY: Capture = { point: 'gateway', received: 'same', software: 'test' }

export interface TestIssuer {
  readonly issuer: Issuer
  /** Declares what a declaration file says. @returns the declaration's id */
  declare(file: object): Promise<string>
  /** Every file of store and head store, write-ahead logs included, as one string of Latin-1. */
  storedBytes(): string
  dispose(): Promise<void>
}

export async function makeTestIssuer(): Promise<TestIssuer> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-issuer-'))
  const files = {
    issuerKey: join(folder, 'issuer.pem'),
    logKey: join(folder, 'log.pem'),
    store: join(folder, 'store.sqlite'),
    head: join(folder, 'head.sqlite'),
  }
  generateIssuerKey({ path: files.issuerKey })
  generateLogKey({ path: files.logKey, origin: ORIGIN })
  const issuer = await openIssuer({ files, origin: ORIGIN, capture: GATEWAY, create: true })
  return {
    issuer,
    declare: async (file) => {
      const source = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => {
        throw new Error('no file is expected')
      })
      return (await declare({ ...issuer, source })).row.id
    },
    storedBytes: () =>
      readdirSync(folder)
        .filter((name) => name.includes('.sqlite'))
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join(''),
    dispose: async () => {
      await issuer.close()
      rmSync(folder, { recursive: true })
    },
  }
}
