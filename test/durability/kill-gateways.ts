/**
 * Kills a gateway at random points under load, starts it again on the same store, and demands every record whose answer a
 * client has.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { parseCheckpoint } from '../../src/core/checkpoint/index.ts'
import { parseNote } from '../../src/core/note/index.ts'
import { TileTree } from '../../src/core/tiles/index.ts'
import { createWorkspace, firstDeclaration } from '../../src/node/workspace/index.ts'
import { readLogOver } from '../../src/web/log/index.ts'
import { startChatUpstream } from '../support/chat-upstream.ts'
import { colophon, type Running, startColophon } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const CLIENTS = 8
const BODY = JSON.stringify({
  model: 'colophon-tiny',
  temperature: 0,
  messages: [
    { role: 'system', content: 'Answer politely and thank the customer.' },
    { role: 'user', content: 'How much?' },
  ],
})

/** @returns figures */
export async function killGateways({ kills }: { readonly kills: number }): Promise<string> {
  const folder = temporaryFolder()
  await createWorkspace({ folder: join(folder, '.colophon'), origin: 'log.example-host', signer: 'Test issuer' })
  writeFileSync(join(folder, 'declaration.yaml'), firstDeclaration({ blindHex: '5a'.repeat(32) }))
  const upstream = await startChatUpstream()
  onTestFinished(() => upstream.close())
  const words = ['up', '--upstream', upstream.url, '--port', '0', '--declaration', 'declaration.yaml']

  /** The record of each run whose answer a client has whole. */
  const records = new Map<string, Buffer | undefined>()
  const checkpoints = new Set<string>()
  let slowestStartMs = 0
  let gateway = await startColophon(words, { folder })
  for (let kill = 0; kill < kills; kill++) {
    const load = loadUntilDead(gateway, (runId) => records.set(runId, undefined))
    await sleep(50 + Math.random() * 400)
    await gateway.kill()
    await load
    const startedMs = performance.now()
    gateway = await startColophon(words, { folder })
    slowestStartMs = Math.max(slowestStartMs, performance.now() - startedMs)
    await requireRecords(gateway, records, { share: 0.1 })
    checkpoints.add(await (await fetch(`${gateway.ready.url}/checkpoint`)).text())
  }
  await requireRecords(gateway, records, { share: 1 })
  await requireOneTree(gateway, checkpoints)
  expect((await gateway.stop()).exitCode).toBe(0)
  const fsck = await colophon(['log', 'fsck', '--json'], { folder })
  expect(fsck.json()).toMatchObject({ problems: [] })
  const { entries } = fsck.json()
  const start = `slowest start after a kill, process included, ${Math.ceil(slowestStartMs)} ms`
  return `${kills} kills, ${records.size} answers with their records, ${entries} in the log, 0 lost, fsck clean; ${start}`
}

/** Clients that ask until the gateway is gone. An answer counts when its last byte is there. */
async function loadUntilDead({ ready }: Running, onAnswer: (runId: string) => void): Promise<void> {
  const ask = async (): Promise<void> => {
    for (;;) {
      const answer = await fetch(`${ready.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'colophon-declaration': ready.declaration.id },
        body: BODY,
      })
      await answer.arrayBuffer()
      if (answer.status === 200) onAnswer(answer.headers.get('colophon-run') as string)
    }
  }
  await Promise.allSettled(Array.from({ length: CLIENTS }, ask))
}

/** All that are new, and of the others a share. */
async function requireRecords(
  { ready }: Running,
  records: Map<string, Buffer | undefined>,
  { share }: { readonly share: number },
): Promise<void> {
  for (const [runId, known] of records) {
    if (known !== undefined && Math.random() > share) continue
    const answer = await fetch(`${ready.url}/runs/${runId}`)
    expect(answer.status).toBe(200)
    const record = Buffer.from(await answer.arrayBuffer())
    if (known !== undefined) expect(record.equals(known)).toBe(true)
    records.set(runId, record)
  }
}

/** Every checkpoint that was ever given out is of the tree that the newest one signs. */
async function requireOneTree({ ready }: Running, checkpoints: ReadonlySet<string>): Promise<void> {
  const log = readLogOver({ url: ready.url, fetch })
  const { size, rootHash } = parseCheckpoint(parseNote(await log.checkpoint()).text)
  const tiles = await TileTree.open({ readTile: (tile) => log.readTile(tile), head: { size, root: rootHash } })
  for (const note of checkpoints) {
    const older = parseCheckpoint(parseNote(note).text)
    expect(await tiles.rootHash(older.size)).toEqual(older.rootHash)
  }
}
