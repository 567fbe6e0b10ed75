/**
 * All that an issuer has of a run, to be disclosed: from the store in its folder, or from its gateway.
 *
 * @module
 */
import { parseBundle } from '../../core/bundle/index.ts'
import { type Dialect, dialectById } from '../../core/dialects/index.ts'
import { type Disclosure, parseDisclosure } from '../../core/disclosure/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { parseBindingStatement, parseRunStatement } from '../../core/run/index.ts'
import { deriveSalts } from '../../core/spans/index.ts'
import { dialectOf, discloseRun } from '../../web/capture/index.ts'
import { fetchDisclosure, fetchRecord, type GatewayAddress } from '../gateway-client/index.ts'
import { nodeHmacSha256 } from '../keys/index.ts'
import { openSqliteStore, type SqliteStore } from '../store/sqlite/index.ts'
import { openWorkspace } from '../workspace/index.ts'

/** A run with every leaf open. */
export interface WholeRun {
  readonly disclosure: Disclosure
  /** Of its binding. */
  readonly dialect: Dialect
  /** Undefined while the run is open, or where it never ended. */
  readonly record: Uint8Array | undefined
}

/**
 * Only reads. Neither keys nor head store are needed, so that a log that will not open does not keep anybody from what
 * their runs held.
 *
 * @throws {ColophonError} STORE_*, CONFIG_MALFORMED, RUN_UNKNOWN, RUN_ERASED, VERSION_UNSUPPORTED
 */
export async function readRunInFolder(folder: string, runId: string): Promise<WholeRun> {
  const { paths } = await openWorkspace(folder)
  const store = openSqliteStore({ path: paths.store })
  try {
    return await readRun(store, runId)
  } finally {
    store.close()
  }
}

async function readRun(store: SqliteStore, runId: string): Promise<WholeRun> {
  const run = await store.run(runId)
  if (run === undefined) throw new ColophonError('RUN_UNKNOWN', 'no run in this store has this id', { at: runId })
  const declaration = run.declarationId === undefined ? undefined : await store.declaration(run.declarationId)
  const disclosure = discloseRun({ run, declaration, salts: (input) => deriveSalts(input, nodeHmacSha256) })
  return { disclosure, dialect: dialectOf(run), record: run.outcome?.bundle }
}

/** @throws {ColophonError} RUN_UNKNOWN (also of a run that is open), UNAUTHORIZED, UPSTREAM_UNREACHABLE */
export async function readRunAtGateway(gateway: GatewayAddress, runId: string): Promise<WholeRun> {
  const record = await fetchRecord(gateway, runId)
  const { binding } = parseRunStatement(parseBundle(record).envelope.payload)
  const { dialect: id } = parseBindingStatement(binding.envelope.payload).request
  const dialect = dialectById(id)
  if (dialect === undefined) throw new ColophonError('VERSION_UNSUPPORTED', 'this software does not have its dialect')
  return { disclosure: parseDisclosure(await fetchDisclosure(gateway, runId)), dialect, record }
}
