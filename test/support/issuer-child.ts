/**
 * A process that opens an issuer's store, records runs and closes it, and tells what happens, one line of JSON each
 * (`ToldByIssuer`). After a failure it tries once more, so that a log that has stopped can show that it stays so.
 *
 *     issuer-child.ts FOLDER RUNS [BYTES]
 *
 * FOLDER is one that `makeStoredRuns` made; BYTES makes each question longer.
 */
import { writeSync } from 'node:fs'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import type { ColophonError } from '../../src/core/errors.ts'
import { type Issuer, openIssuer } from '../../src/node/issuer/index.ts'
import { REQUEST_BODY, RESPONSE_BODY } from './issued-run.ts'
import { issuerFilesIn, RUNS_CAPTURE, RUNS_ORIGIN } from './stored-runs.ts'
import { recordHash, type ToldByIssuer } from './told-by-issuer.ts'

const [folder = '', runs, bytes = '0'] = process.argv.slice(2)

const tell = (told: ToldByIssuer): void => {
  writeSync(1, `${JSON.stringify(told)}\n`)
}

async function attempt<T>(step: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code, fatal, message } = error as ColophonError
    tell({ kind: 'failed', step, code, fatal: fatal === true, message })
    return undefined
  }
}

/** @returns whether it was recorded */
async function record({ log, recorder }: Issuer, run: number): Promise<boolean> {
  const checkpoint = (): string => log.checkpoint() as string
  const question = `How much?${' '.repeat(Number(bytes))}`
  const bound = await attempt('bind', () =>
    recorder.bind({
      method: 'POST',
      path: '/v1/chat/completions',
      query: '',
      headers: [['Content-Type', 'application/json']],
      body: encodeUtf8(REQUEST_BODY.replace('How much?', question)),
      endpoint: 'http://127.0.0.1:9',
      declarationId: undefined,
      cutList: [],
    }),
  )
  if (bound === undefined) return false
  const { runId } = bound
  tell({ kind: 'bound', runId, checkpoint: checkpoint() })
  const body = encodeUtf8(RESPONSE_BODY.replace('5 euros', `${run} euros`))
  const response = { status: 200, headers: [['content-type', 'application/json']] as const, body }
  const sealed = await attempt('seal', () => bound.seal({ ending: 'ended', response }))
  if (sealed === undefined) return false
  tell({ kind: 'sealed', runId, recordHash: recordHash(sealed.bundle), checkpoint: checkpoint() })
  return true
}

const issuer = await attempt('open', () =>
  openIssuer({ files: issuerFilesIn(folder), origin: RUNS_ORIGIN, capture: RUNS_CAPTURE }),
)
if (issuer !== undefined) {
  tell({ kind: 'opened', checkpoint: issuer.log.checkpoint() as string })
  let hasFailed = false
  for (let run = 0; run < Number(runs); run++) {
    if (await record(issuer, run)) continue
    if (!hasFailed) await record(issuer, Number(runs))
    hasFailed = true
  }
  tell({ kind: 'closing' })
  await attempt('close', () => issuer.close())
  tell({ kind: 'ended' })
}
