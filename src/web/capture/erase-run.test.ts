import { afterEach, beforeEach, expect, test } from 'vitest'
import { completionText } from '../../../test/support/chat-texts.ts'
import { makeTestIssuer, type TestIssuer } from '../../../test/support/test-issuer.ts'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { type BoundRun, eraseRun } from './index.ts'

const SECRET_WORDS = 'Margarethe Oppenrieder'

let tested: TestIssuer
beforeEach(async () => {
  tested = await makeTestIssuer()
})
afterEach(() => tested.dispose())

const bind = (text = SECRET_WORDS): Promise<BoundRun> =>
  tested.issuer.recorder.bind({
    method: 'POST',
    path: '/v1/chat/completions',
    query: '',
    headers: [],
    body: encodeUtf8(JSON.stringify({ model: 'm', messages: [{ role: 'user', content: text }] })),
    endpoint: 'http://127.0.0.1:1',
    declarationId: undefined,
    cutList: [],
  })

async function recorded(text?: string): Promise<string> {
  const run = await bind(text)
  const response = { status: 200, headers: [], body: encodeUtf8(completionText(`Yes, ${SECRET_WORDS}.`)) }
  await run.seal({ ending: 'ended', response })
  return run.runId
}

test('what a stop in between leaves in the files goes when the run is erased again', async () => {
  const runId = await recorded()
  const { issuer } = tested
  const registry = {
    run: (id: string) => issuer.registry.run(id),
    scrub: async () => {
      throw new ColophonError('STORE_FAILED', 'stopped')
    },
  }
  await expect(eraseRun({ ...issuer, registry, runId })).rejects.toThrow('stopped')
  // The log says that it is gone, and the write-ahead log still has it: the search finds what is there.
  expect((await issuer.registry.run(runId))?.erasure?.runId).toBe(runId)
  expect(tested.storedBytes()).toContain(SECRET_WORDS)
  expect(await eraseRun({ ...issuer, runId })).toMatchObject({ isNew: false })
  expect(tested.storedBytes()).not.toContain(SECRET_WORDS)
})

test('leaves nothing of a long body either, which fills pages of its own', async () => {
  const long = Array.from({ length: 20_000 }, (_, index) => `${SECRET_WORDS} ${index}`).join(' ')
  const runId = await recorded(long)
  expect(tested.storedBytes().split(SECRET_WORDS).length).toBeGreaterThan(19_000)
  await eraseRun({ ...tested.issuer, runId })
  expect(tested.storedBytes()).not.toContain('Oppenrieder')
})

test('a run whose answer may be under way is not erased', async () => {
  const { runId } = await bind()
  await expect(eraseRun({ ...tested.issuer, runId })).rejects.toThrowCode('RUN_OPEN')
  await expect(eraseRun({ ...tested.issuer, runId: 'ab'.repeat(32) })).rejects.toThrowCode('RUN_UNKNOWN')
})

test('the erased run is still there with its record, and found by its output no more', async () => {
  const runId = await recorded()
  const { registry } = tested.issuer
  const [output] = (await registry.run(runId))?.outcome?.outputs ?? []
  expect(await registry.runsByOutput(output ?? '')).toEqual([runId])
  const { erasure } = await eraseRun({ ...tested.issuer, runId })
  const run = await registry.run(runId)
  expect(run).toMatchObject({ erasure, secret: new Uint8Array(0), requestBody: new Uint8Array(0) })
  expect(run?.outcome?.bundle.length).toBeGreaterThan(1_000)
  expect(await registry.runsByOutput(output ?? '')).toEqual([])
})
