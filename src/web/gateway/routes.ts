/**
 * The API of a gateway, beside the captured path (`docs/spec/gateway-api.md`).
 *
 * | | | |
 * |---|---|---|
 * | `GET /` | what there is, as JSON or as a page | |
 * | `GET /healthz` | whether the store can be read and the log goes on | |
 * | `GET /checkpoint`, `GET /tile/…` | the log (`log-routes.ts`) | |
 * | `GET /runs/{id}` | a run's record | |
 * | `GET /records/{digest}` | a record by the digest of its payload | |
 * | `GET /records?output={digest}` | the records of an output, newest first | |
 * | `GET /declarations` | ids and names | token |
 * | `POST /declarations` | declares | token |
 * | `PUT /passages` | keeps passages for requests that name them | token |
 * | `GET /runs?limit={n}` | runs, newest first | token |
 * | `GET /find?…` | runs by what they sent or answered, newest first | token |
 * | `DELETE /runs/{id}/contents` | erases what is kept of a run's contents | token |
 * | `GET /runs/{id}/disclosure` | everything of a run, opened | token |
 *
 * Records and the log are for everybody who can reach the gateway; the rest takes the token, and is closed where none is
 * configured. Errors are RFC 9457 problem details.
 *
 * @module
 */
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { parseBundle } from '../../core/bundle/index.ts'
import { formatDisclosure } from '../../core/disclosure/index.ts'
import { ColophonError } from '../../core/errors.ts'
import {
  declare,
  discloseRun,
  eraseRun,
  type SaltSource,
  type Scrubbed,
  type StatementSigner,
} from '../capture/index.ts'
import { type CheckpointSigner, type Log, type LogReads, publishedSize, verifierKeyOf } from '../log/index.ts'
import { queryOf, type Registry, type RegistryWrite, type RunRow, readAskedQuery } from '../registry/index.ts'
import { presentedToken, tokenCheck } from './access-token.ts'
import { describeGateway, formatDirectoryPage, PAGE_HEADERS } from './directory.ts'
import { addLogRoutes } from './log-routes.ts'
import type { PassageShelf } from './passage-shelf.ts'
import { readPostedDeclaration } from './posted-declaration.ts'
import { problemResponse } from './problem.ts'

export interface RoutesOptions {
  readonly log: Log<RegistryWrite>
  /** Of the store behind the log. */
  readonly logReads: LogReads
  /** Whose name and public key are the log's. */
  readonly checkpointSigner: Pick<CheckpointSigner, 'name' | 'publicKey'>
  readonly registry: Registry & Scrubbed
  readonly signer: StatementSigner
  readonly nowMs: () => number
  /** Cryptographic randomness. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly passages: PassageShelf
  readonly salts: SaltSource
  /** Opens what is not for everybody. */
  readonly token: string | undefined
}

export interface Routes {
  readonly fetch: (request: Request) => Response | Promise<Response>
}

const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const SHA256_HEX = /^[0-9a-f]{64}$/
/** Records of one output in an answer; a common answer may have many more. */
const MAX_FOUND = 100
const DEFAULT_RUNS = 100
const MAX_RUNS = 1_000

export function createRoutes(options: RoutesOptions): Routes {
  const app = new Hono()
  app.use(noStore)
  app.notFound(() => problemResponse(new ColophonError('PATH_NOT_CAPTURED', 'there is no such path')))
  app.onError((error) => problemResponse(error))
  addLogRoutes(app, options)
  addOpenRoutes(app, options)
  addPrivateRoutes(app, options)
  return { fetch: (request) => app.fetch(request) }
}

function addOpenRoutes(app: Hono, { log, checkpointSigner, registry }: RoutesOptions): void {
  const logKey = verifierKeyOf(checkpointSigner)
  app.get('/', (c) => {
    const directory = describeGateway({ logKey, logSize: publishedSize(log.checkpoint()) })
    c.header('vary', 'accept')
    return wantsPage(c) ? c.body(formatDirectoryPage(directory), 200, PAGE_HEADERS) : c.json(directory)
  })
  app.get('/healthz', async (c) => {
    if (log.stopped !== undefined) throw log.stopped
    await registry.runs({ limit: 1 })
    return c.json({ status: 'ok' })
  })

  app.get('/runs/:id', async (c) => {
    const { runId, outcome } = await findRun(registry, c.req.param('id'))
    if (outcome !== undefined && isPublished(outcome.bundle, log)) return recordResponse(outcome.bundle)
    const hint = 'The run has no record yet, or never ended; ask again when its answer is complete.'
    throw new ColophonError('RUN_UNKNOWN', 'the run is still open', { at: runId, hint })
  })
  app.get('/records/:digest', async (c) => {
    const record = await registry.recordByDigest(c.req.param('digest'))
    if (record === undefined || !isPublished(record.bundle, log)) {
      throw notFound('no record has this digest', 'Check the digest.')
    }
    return recordResponse(record.bundle)
  })
  app.get('/records', async (c) => {
    const output = c.req.query('output')
    if (output === undefined || !SHA256_HEX.test(output)) {
      throw new ColophonError('HEX_MALFORMED', 'want output: the SHA-256 of the output', { hint: HOW_TO_FIND })
    }
    return c.json({ records: await recordsOf(output, { registry, log }) })
  })
}

function addPrivateRoutes(app: Hono, options: RoutesOptions): void {
  const { registry, salts, passages } = options
  const isPrivate = tokenRequired(options.token)
  // Two of the same at once would be two rows with one key, which fails the group of other people's runs with it.
  const oneAtATime = serially()

  app.get('/declarations', isPrivate, async (c) => c.json({ declarations: await registry.declarations() }))
  app.post('/declarations', isPrivate, async (c) => {
    const source = readPostedDeclaration(new Uint8Array(await c.req.arrayBuffer()))
    const { row, isNew } = await oneAtATime(() => declare({ ...options, source }))
    return c.json({ id: row.id, name: row.name, declaredAt: row.declaredAt, isNew }, isNew ? 201 : 200)
  })
  app.put('/passages', isPrivate, async (c) => c.json(passages.put(new Uint8Array(await c.req.arrayBuffer()))))
  app.get('/runs', isPrivate, async (c) => c.json({ runs: await registry.runs({ limit: readLimit(c) }) }))
  app.get('/find', isPrivate, async (c) => {
    const { runs, isComplete } = await registry.find(queryOf(readAskedQuery(new URL(c.req.url).searchParams)))
    return c.json({ runs, isComplete })
  })
  app.delete('/runs/:id/contents', isPrivate, async (c) => {
    const { erasure, isNew } = await oneAtATime(() => eraseRun({ ...options, runId: c.req.param('id') }))
    return c.json({ runId: erasure.runId, erasedAt: erasure.erasedAt, isNew })
  })
  app.get('/runs/:id/disclosure', isPrivate, async (c) => {
    const run = await findRun(registry, c.req.param('id'))
    const declaration = run.declarationId === undefined ? undefined : await registry.declaration(run.declarationId)
    const disclosure = formatDisclosure(discloseRun({ run, declaration, salts }))
    return new Response(Uint8Array.from(disclosure), { headers: { 'content-type': 'application/json' } })
  })
}

/** As browsers do; programs that say nothing get JSON. */
function wantsPage(c: Context): boolean {
  const supports = ['application/json', 'text/html']
  return accepts(c, { header: 'Accept', supports, default: 'application/json' }) === 'text/html'
}

const HOW_TO_FIND = 'Run: sha256sum answer.txt, then GET /records?output=DIGEST.'

/** A record never changes; everything else may. */
const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
}

const recordResponse = (bundle: Uint8Array): Response =>
  new Response(Uint8Array.from(bundle), {
    headers: { 'content-type': BUNDLE_TYPE, 'cache-control': 'public, max-age=31536000, immutable' },
  })

/**
 * Between the two commits of a group, and for good where the second one failed, the store has records whose checkpoint the
 * head store does not remember: nobody may see them.
 */
const isPublished = (bundle: Uint8Array, { size }: Log<RegistryWrite>): boolean =>
  parseBundle(bundle).entry.logIndex < size

const notFound = (message: string, hint: string): ColophonError =>
  new ColophonError('RECORD_NOT_FOUND', message, { hint })

async function findRun(registry: Registry, id: string): Promise<RunRow> {
  const run = await registry.run(id)
  if (run === undefined) throw new ColophonError('RUN_UNKNOWN', 'no run has this id')
  return run
}

async function recordsOf(
  output: string,
  { registry, log }: Pick<RoutesOptions, 'registry' | 'log'>,
): Promise<{ runId: string; recordDigest: string }[]> {
  const found: { runId: string; recordDigest: string }[] = []
  for (const runId of (await registry.runsByOutput(output)).slice(0, MAX_FOUND)) {
    const outcome = (await registry.run(runId))?.outcome
    if (outcome !== undefined && isPublished(outcome.bundle, log))
      found.push({ runId, recordDigest: outcome.recordDigest })
  }
  return found
}

function tokenRequired(token: string | undefined): MiddlewareHandler {
  const isToken = tokenCheck(token)
  return async (c, next) => {
    if (!isToken(presentedToken(c.req.raw.headers))) {
      const why = token === undefined ? 'the gateway has no token, so this path is closed' : 'the token is not right'
      throw new ColophonError('UNAUTHORIZED', why)
    }
    await next()
  }
}

function readLimit(c: Context): number {
  const text = c.req.query('limit') ?? String(DEFAULT_RUNS)
  const limit = /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : Number.NaN
  if (limit <= MAX_RUNS) return limit
  throw new ColophonError('USAGE', `want limit: 1 to ${MAX_RUNS}`, { hint: 'Ask for fewer.' })
}

/** Runs what it is given one after another. */
function serially(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
