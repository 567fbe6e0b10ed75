/**
 * Finds runs by what they sent or answered: in an issuer's folder, or at its gateway.
 *
 * @module
 */
import { asFormat } from '../../core/as-format.ts'
import { type ObjectReader, parseJson, readObject } from '../../core/json/index.ts'
import {
  type AskedQuery,
  type FoundPart,
  type FoundRun,
  type FoundRuns,
  formatAskedQuery,
  queryOf,
} from '../../web/registry/index.ts'
import { exchange, type GatewayAddress, requireDone } from '../gateway-client/index.ts'
import { openSqliteStore } from '../store/sqlite/index.ts'
import { openWorkspace } from '../workspace/index.ts'

/**
 * Only reads. Neither keys nor head store are needed.
 *
 * @throws {ColophonError} USAGE, STORE_*, CONFIG_MALFORMED
 */
export async function findInFolder(folder: string, asked: AskedQuery): Promise<FoundRuns> {
  const query = queryOf(asked)
  const { paths } = await openWorkspace(folder)
  const store = openSqliteStore({ path: paths.store })
  try {
    return await store.find(query)
  } finally {
    store.close()
  }
}

/** @throws {ColophonError} USAGE, UNAUTHORIZED, UPSTREAM_UNREACHABLE, and whatever the gateway answers */
export async function findAtGateway(gateway: GatewayAddress, asked: AskedQuery): Promise<FoundRuns> {
  queryOf(asked)
  const answer = await exchange(gateway, { method: 'GET', path: `/find?${formatAskedQuery(asked)}` })
  const body = requireDone(answer, gateway.url)
  return asFormat({ code: 'UPSTREAM_REFUSED' }, () => {
    const reader = readObject(parseJson(body), '')
    const runs = reader.array('runs').map((run) => readFoundRun(readObject(run.value, run.at)))
    return { runs, isComplete: reader.boolean('isComplete') }
  })
}

function readFoundRun(reader: ObjectReader): FoundRun {
  const optional = (name: string): string | undefined => reader.optional(name, (run) => run.string(name))
  return {
    runId: reader.hex('runId', 32),
    boundAt: reader.time('boundAt'),
    declarationId: optional('declarationId'),
    declarationName: optional('declarationName'),
    state: optional('state'),
    found: reader.array('found').map((part) => readFoundPart(readObject(part.value, part.at))),
  }
}

const readFoundPart = (reader: ObjectReader): FoundPart => ({
  role: reader.string('role'),
  name: reader.string('name'),
  at: reader.string('at'),
})
