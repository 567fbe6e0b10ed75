import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { createWorkspace } from '../workspace/index.ts'
import { IN_PROCESS, openIssuer, resumeIssuerLog } from './index.ts'

const ORIGIN = 'log.example'

test('a lost head store is made anew for the size that the operator names, and the log goes on', async () => {
  const { paths: files } = await createWorkspace({
    folder: join(temporaryFolder(), 'made'),
    origin: ORIGIN,
    signer: 'X',
  })
  const open = () => openIssuer({ files, origin: ORIGIN, capture: IN_PROCESS })
  const append = async (): Promise<bigint> => {
    const issuer = await open()
    try {
      return (await issuer.log.append({ entry: Uint8Array.of(1), writes: () => [] })).index
    } finally {
      await issuer.close()
    }
  }
  expect([await append(), await append()]).toEqual([0n, 1n])
  rmSync(files.head)
  await expect(open()).rejects.toThrowCode('LOG_HEAD_MISSING')
  for (const isEmpty of [false, true]) {
    if (isEmpty) writeFileSync(files.head, '')
    await expect(resumeIssuerLog({ files, origin: ORIGIN, size: 1n })).rejects.toThrowCode('LOG_SIZE_MISMATCH')
    // Refused, it leaves nothing: a head store that remembers nothing would make an old store pass.
    await expect(open()).rejects.toThrowCode('LOG_HEAD_MISSING')
    expect(readdirSync(files.folder).filter((name) => name.startsWith('head.sqlite.'))).toEqual([])
  }
  const { found, after } = await resumeIssuerLog({ files, origin: ORIGIN, size: 2n })
  expect(found).toEqual({ kind: 'missing' })
  expect(Math.abs((after?.signedAtMs ?? 0) - Date.now())).toBeLessThan(60_000)
  expect(await append()).toBe(2n)
})
