/**
 * The log from the command line: checkpoint, proofs, fsck and resume, in a folder and through a gateway.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseBundle } from '../../src/core/bundle/index.ts'
import { decodeBase64, encodeUtf8 } from '../../src/core/bytes/index.ts'
import { openCheckpoint } from '../../src/core/checkpoint/index.ts'
import { leafHash, verifyConsistency, verifyInclusion } from '../../src/core/merkle/index.ts'
import { parseVerifierKey } from '../../src/core/note/index.ts'
import { nobleVerifier } from '../../src/core/signature/index.ts'
import { parseTlogProof } from '../../src/core/tlog-proof/index.ts'
import { formatTrustPolicy, type TrustPolicy } from '../../src/core/trust/index.ts'
import { IN_PROCESS } from '../../src/node/issuer/index.ts'
import { createWorkspace, openWorkspace, openWorkspaceIssuer } from '../../src/node/workspace/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { startChatUpstream } from '../support/chat-upstream.ts'
import { colophon, type Ended, startColophon } from '../support/command-line.ts'
import { RESPONSE_BODY } from '../support/issued-run.ts'
import { logSigner } from '../support/log-signer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const RUNS = 3
/** A binding and a record each. */
const SIZE = BigInt(RUNS * 2)
const TRUST = join('.colophon', 'trust', 'trust-policy.json')

let folder: string
let trust: TrustPolicy
/** The first run's. */
let record: Uint8Array
const at = (...names: string[]): string => join(folder, ...names)
const log = (...words: string[]): Promise<Ended> => colophon(['log', ...words], { folder })
const hashes = (texts: readonly string[]): Uint8Array[] => texts.map((text) => decodeBase64(text, {}))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-log-'))
  const made = await createWorkspace({ folder: at('.colophon'), origin: 'log.example-host', signer: 'Test issuer' })
  trust = made.trust
  const issuer = await openWorkspaceIssuer(await openWorkspace(at('.colophon')), IN_PROCESS)
  for (let run = 0; run < RUNS; run++) {
    const bound = await issuer.recorder.bind({
      method: 'POST',
      path: '/v1/chat/completions',
      query: '',
      headers: [],
      body: encodeUtf8('{"model":"tiny","messages":[]}'),
      endpoint: 'http://127.0.0.1:9',
      declarationId: undefined,
      cutList: [],
    })
    const response = { status: 200, headers: [], body: encodeUtf8(RESPONSE_BODY) }
    const { bundle } = await bound.seal({ ending: 'ended', response })
    record ??= bundle
  }
  await issuer.close()
  writeFileSync(at('answer.txt.sigstore.json'), record)
  const stranger = verifierKeyOf(logSigner('other.example'))
  writeFileSync(at('stranger.json'), formatTrustPolicy({ ...trust, logs: [stranger] }))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The checkpoint that a proof was printed under, verified. */
const opened = async (signedNote: string) => {
  const [logKey] = trust.logs
  if (logKey === undefined) throw new Error('the trust policy names no log')
  return (await openCheckpoint({ signedNote, logKey, verifier: nobleVerifier })).checkpoint
}

describe('in a folder', () => {
  test('the checkpoint is printed byte for byte, and in JSON with the key that verifies it', async () => {
    const text = await log('checkpoint')
    expect(text).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await opened(text.stdout)).toMatchObject({ origin: 'log.example-host', size: SIZE })
    const json = (await log('checkpoint', '--json')).json()
    expect(json).toMatchObject({
      origin: 'log.example-host',
      size: String(SIZE),
      verified: true,
      checkpoint: text.stdout,
    })
    expect(parseVerifierKey(json.vkey)).toEqual(trust.logs[0])
  })

  test('a record is proven under the current checkpoint, as C2SP tlog-proof', async () => {
    const { exitCode, stdout, stderr } = await log('prove', 'answer.txt.sigstore.json')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const { index, hashes: proof, checkpoint } = parseTlogProof(stdout)
    const { size: treeSize, rootHash } = await opened(checkpoint)
    expect(treeSize).toBe(SIZE)
    const { entry } = parseBundle(record)
    expect(index).toBe(entry.logIndex)
    verifyInclusion({ leafHash: leafHash(entry.body), leafIndex: index, treeSize, proof, rootHash })
  })

  test('an entry by its index, and an older state, both in JSON', async () => {
    const json = (await log('prove', '4', '--since', '3', '--json')).json()
    const { size, rootHash } = await opened(json.checkpoint)
    const { inclusion, consistency } = json
    expect(inclusion.index).toBe('4')
    const [leaf] = hashes([inclusion.leafHash]) as [Uint8Array]
    verifyInclusion({ leafHash: leaf, leafIndex: 4n, treeSize: size, proof: hashes(inclusion.hashes), rootHash })
    const [root] = hashes([consistency.root]) as [Uint8Array]
    const first = { size: 3n, root }
    verifyConsistency({ first, second: { size, root: rootHash }, proof: hashes(consistency.hashes) })
    expect(parseTlogProof(inclusion.proof).index).toBe(4n)
  })

  test('that it continues an older state, as a witness takes it', async () => {
    const { stdout } = await log('prove', '--since', '3')
    const [head, note] = [stdout.slice(0, stdout.indexOf('\n\n')), stdout.slice(stdout.indexOf('\n\n') + 2)]
    const [old, ...lines] = head.split('\n')
    expect(old).toBe('old 3')
    const { size } = await opened(note)
    expect(size).toBe(SIZE)
    expect(lines.length).toBeGreaterThan(1)
    for (const hash of hashes(lines)) expect(hash).toHaveLength(32)
  })

  test.each([
    [4, 'RECORD_NOT_FOUND', ['prove', '6']],
    [2, 'USAGE', ['prove', '--since', '7']],
  ])('exit %i, %s: log %j', async (exitCode, code, words) => {
    const ended = await log(...words)
    expect(ended).toMatchObject({ exitCode, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(`^error ${code}: `))
  })

  test('fsck finds nothing, and prints no progress where there is no terminal', async () => {
    const ended = await log('fsck', '--json')
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' })
    expect(ended.json()).toEqual({
      ok: true,
      entries: 6,
      tiles: 1,
      statements: 6,
      records: 3,
      problems: [],
      problemCount: 0,
      notices: [],
      noticeCount: 0,
    })
  })

  test('fsck names what was changed, and says what to do; resume then refuses', async () => {
    const store = at('.colophon', 'store.sqlite')
    copyFileSync(store, at('copy.sqlite'))
    const database = new DatabaseSync(store)
    database.exec("update binding set bound_at = '2020-01-01T00:00:00.000Z' where run = 2")
    database.close()
    const ended = await log('fsck')
    expect(ended).toMatchObject({ exitCode: 1, stderr: '' })
    expect(ended.stdout).toMatch(/^COLUMN_DIFFERS {2}.+\n {2}run [0-9a-f]{64}: bound_at: .+\n {2}what to do: .+\n/)
    expect(ended.stdout).toContain('1 problem.')
    const resumed = await log('resume', '--size', String(SIZE), '--json')
    expect(resumed.exitCode).toBe(1)
    expect(resumed.json()).toMatchObject({ found: null, fsck: { ok: false, problems: [{ code: 'COLUMN_DIFFERS' }] } })
    copyFileSync(at('copy.sqlite'), store)
  })

  test('a log whose head store is gone is resumed on the operator’s word, and no other way', async () => {
    rmSync(at('.colophon', 'head.sqlite'))
    const refused = await log('checkpoint', '--json')
    expect(refused.exitCode).toBe(6)
    expect(refused.json()).toMatchObject({ error: { code: 'LOG_HEAD_MISSING' } })
    const other = await log('resume', '--size', '5', '--json')
    expect(other.exitCode).toBe(6)
    expect(other.json()).toMatchObject({ error: { code: 'LOG_SIZE_MISMATCH' } })
    const resumed = await log('resume', '--size', String(SIZE), '--json')
    expect(resumed.exitCode).toBe(0)
    expect(resumed.json()).toMatchObject({ size: String(SIZE), found: 'missing', fsck: { ok: true } })
  })
})

test('what cannot be meant is refused, and says what to do', async () => {
  const mistakes = [
    ['prove'],
    ['prove', '1', '--since', '1'],
    ['prove', '--since', '01'],
    ['checkpoint', '--trust', TRUST],
    ['resume'],
  ]
  for (const { exitCode, stdout, stderr } of await Promise.all(mistakes.map((words) => log(...words)))) {
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^error USAGE: .+\n(?: {2}at: .+\n)? {2}what to do: .+\n$/)
  }
})

test('a gateway that runs has the store, and gives checkpoint and proofs', async () => {
  const upstream = await startChatUpstream()
  const gateway = await startColophon(['up', '--upstream', upstream.url, '--port', '0'], { folder })
  const { url } = gateway.ready
  try {
    const trusted = ['--gateway', url, '--trust', TRUST]
    const [locked, unchecked, checked, foreign, proven, since] = (await Promise.all([
      log('fsck', '--json'),
      log('checkpoint', '--gateway', url),
      log('checkpoint', ...trusted),
      log('checkpoint', '--gateway', url, '--trust', 'stranger.json', '--json'),
      log('prove', 'answer.txt.sigstore.json', ...trusted),
      log('prove', '--since', '2', '--gateway', url, '--json'),
    ])) as [Ended, Ended, Ended, Ended, Ended, Ended]
    expect(locked.exitCode).toBe(6)
    expect(locked.json().error).toMatchObject({ code: 'STORE_LOCKED', hint: expect.stringContaining('--gateway') })
    expect(unchecked.exitCode).toBe(0)
    expect(unchecked.stderr).toMatch(/^not checked: /)
    expect(checked).toMatchObject({ exitCode: 0, stderr: '', stdout: unchecked.stdout })
    // The head store was resumed before, so that the gateway has the log of the folder.
    expect((await opened(checked.stdout)).size).toBe(SIZE)
    expect(foreign.exitCode).toBe(3)
    expect(foreign.json()).toMatchObject({ error: { code: 'LOG_NOT_TRUSTED' } })
    expect(proven).toMatchObject({ exitCode: 0, stderr: '' })
    expect(parseTlogProof(proven.stdout).checkpoint).toBe(checked.stdout)
    expect(since.json()).toMatchObject({ verified: false, vkey: null, consistency: { since: '2' } })
  } finally {
    await gateway.stop()
    await upstream.close()
  }
})

test('a refused resume leaves no head store behind: an old store stays refused', async () => {
  const folder = temporaryFolder()
  expect((await colophon(['init'], { folder })).exitCode).toBe(0)
  rmSync(join(folder, '.colophon', 'head.sqlite'))
  for (let time = 0; time < 2; time++) {
    const refused = await colophon(['log', 'resume', '--size', '3', '--json'], { folder })
    expect(refused.json()).toMatchObject({ error: { code: 'LOG_SIZE_MISMATCH' } })
    const opened = await colophon(['log', 'checkpoint', '--json'], { folder })
    expect(opened.json()).toMatchObject({ error: { code: 'LOG_HEAD_MISSING' } })
  }
})
