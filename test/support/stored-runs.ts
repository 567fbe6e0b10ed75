/**
 * The files of an issuer that has seen everything: two declarations, and runs that finished, failed, were cut off, got no
 * answer and had no declaration, are still open, and broke their declaration.
 */
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { declarationId, resolveDeclaration } from '../../src/core/declaration/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import type { VerifierKey } from '../../src/core/note/index.ts'
import type { Capture } from '../../src/core/run/index.ts'
import type { TrustedSigner } from '../../src/core/trust/index.ts'
import { type Issuer, type IssuerFiles, openIssuer } from '../../src/node/issuer/index.ts'
import { generateIssuerKey, generateLogKey } from '../../src/node/keys/index.ts'
import { declare, type Ending, eraseRun } from '../../src/web/capture/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { DECLARATION, REQUEST_BODY, RESPONSE_BODY } from './issued-run.ts'

export const RUNS_ORIGIN = '2026a.log.example'
export const RUNS_CAPTURE: Capture = { point: 'gateway', received: 'same', software: 'test' }

/** Where an issuer's files lie in a folder of stored runs. */
export const issuerFilesIn = (folder: string): IssuerFiles => ({
  issuerKey: join(folder, 'issuer.pem'),
  logKey: join(folder, 'log.pem'),
  store: join(folder, 'store.sqlite'),
  head: join(folder, 'head.sqlite'),
})

export interface StoredRuns {
  readonly folder: string
  readonly store: string
  readonly head: string
  readonly logKey: VerifierKey
  readonly signers: readonly TrustedSigner[]
}

interface RunToStore {
  readonly declarationId?: string | undefined
  readonly body?: string
  readonly ending?: Ending
  readonly response?: { readonly status: number; readonly body: string }
  readonly isOpen?: boolean
}

/** Whoever asks removes the folder. */
export const makeStoredRuns = (): Promise<StoredRuns> =>
  makeRuns(mkdtempSync(join(tmpdir(), 'colophon-fsck-')), storeEverything)

/** The least, in a folder that is empty: one run that finished, and one that is open. */
export const makeTwoRuns = ({ folder }: { readonly folder: string }): Promise<StoredRuns> =>
  makeRuns(folder, async (issuer) => {
    await store(issuer, { response: { status: 200, body: RESPONSE_BODY } })
    await store(issuer, { isOpen: true })
  })

/** The same runs, files and keys, in a folder that is empty. */
export function copyRuns(made: StoredRuns, folder: string): StoredRuns {
  cpSync(made.folder, folder, { recursive: true })
  const { store: storeFile, head } = issuerFilesIn(folder)
  return { ...made, folder, store: storeFile, head }
}

async function makeRuns(folder: string, fill: (issuer: Issuer) => Promise<void>): Promise<StoredRuns> {
  const files = issuerFilesIn(folder)
  generateIssuerKey({ path: files.issuerKey })
  generateLogKey({ path: files.logKey, origin: RUNS_ORIGIN })
  const issuer = await openIssuer({ files, origin: RUNS_ORIGIN, capture: RUNS_CAPTURE, create: true })
  try {
    await fill(issuer)
    const { publicKey, keyId } = issuer.signer
    const { head, store: storeFile } = files
    return {
      folder,
      store: storeFile,
      head,
      logKey: verifierKeyOf(issuer.checkpointSigner),
      signers: [{ name: 'Test issuer', publicKey, keyId, valid: 'always' }],
    }
  } finally {
    await issuer.close()
  }
}

async function storeEverything(issuer: Issuer): Promise<void> {
  const own = await declared(issuer, DECLARATION)
  const { blind: _, ...open } = DECLARATION
  const shown = await declared(issuer, { ...open, privacy: 'public', name: 'shown' })
  // No two of the same, so that nothing can change places unseen.
  const answer = (euros: number) => ({ status: 200, body: RESPONSE_BODY.replace('5 euros', `${euros} euros`) })
  await store(issuer, { declarationId: own, response: answer(5) })
  await store(issuer, { declarationId: shown, response: { status: 500, body: '{"error":{"message":"no"}}' } })
  const cutOff = { status: 200, body: RESPONSE_BODY.slice(0, 60) }
  await store(issuer, { declarationId: shown, response: cutOff, ending: 'clientAborted' })
  await store(issuer, { ending: 'unreachable' })
  await store(issuer, { declarationId: own, isOpen: true })
  await store(issuer, { declarationId: own, body: REQUEST_BODY.replace('politely', 'rudely'), response: answer(6) })
  const gone = await store(issuer, { declarationId: own, response: answer(7) })
  await eraseRun({ ...issuer, runId: gone })
}

/** One more run, finished, whose answer has this in it. */
export async function addRun(made: StoredRuns, what: string): Promise<void> {
  const files = { ...issuerFilesIn(made.folder), store: made.store, head: made.head }
  const issuer = await openIssuer({ files, origin: RUNS_ORIGIN, capture: RUNS_CAPTURE })
  try {
    await store(issuer, { response: { status: 200, body: RESPONSE_BODY.replace('5 euros', what) } })
  } finally {
    await issuer.close()
  }
}

async function declared(issuer: Issuer, file: object): Promise<string> {
  const source = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => {
    throw new Error('no file is expected')
  })
  await declare({ ...issuer, source })
  return declarationId(source.declaration)
}

/** @returns the run id */
async function store({ recorder }: Issuer, run: RunToStore): Promise<string> {
  const bound = await recorder.bind({
    method: 'POST',
    path: '/v1/chat/completions',
    query: '',
    headers: [['Content-Type', 'application/json']],
    body: encodeUtf8(run.body ?? REQUEST_BODY),
    endpoint: 'http://127.0.0.1:9',
    declarationId: run.declarationId,
    cutList: [],
  })
  if (run.isOpen === true) return bound.runId
  const { response } = run
  await bound.seal({
    ending: run.ending ?? 'ended',
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: [['content-type', 'application/json']],
            body: encodeUtf8(response.body),
          },
        }),
  })
  return bound.runId
}
