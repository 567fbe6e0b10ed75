import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { readFileBounded, writeFileDurably } from './index.ts'

const filled = (size: number, byte: number): Uint8Array => new Uint8Array(size).fill(byte)

describe('writeFileDurably', () => {
  test('writes all of it, with the permissions asked for, and leaves nothing beside it', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'answer.txt')
    await writeFileDurably(path, filled(100_000, 7), { mode: 0o600 })
    expect(readFileSync(path)).toEqual(Buffer.alloc(100_000, 7))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['answer.txt'])
  })

  test('refuses a name that is taken, by a file, a folder or a link to nowhere, and touches nothing', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), 'old')
    mkdirSync(join(folder, 'folder'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'))
    for (const name of ['file', 'folder', 'link']) {
      await expect(writeFileDurably(join(folder, name), filled(1, 1))).rejects.toThrowCode('FILE_EXISTS')
    }
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('old')
    expect(readdirSync(folder).sort()).toEqual(['file', 'folder', 'link'])
  })

  test('of many writers of one new name one succeeds, and its contents are there whole', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'record')
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, writer) => writeFileDurably(path, filled(200_000, writer + 1))),
    )
    const winners = results.flatMap(({ status }, writer) => (status === 'fulfilled' ? [writer + 1] : []))
    expect(winners).toHaveLength(1)
    expect(readFileSync(path)).toEqual(Buffer.alloc(200_000, winners[0]))
    for (const result of results) {
      if (result.status === 'rejected')
        expect(() => {
          throw result.reason
        }).toThrowCode('FILE_EXISTS')
    }
    expect(readdirSync(folder)).toEqual(['record'])
  })

  test('whoever reads while it is replaced sees the old contents or the new ones, never a part', async () => {
    const path = join(temporaryFolder(), 'file')
    await writeFileDurably(path, filled(300_000, 1))
    let writing = true
    const seen = new Set<number>()
    const reader = async () => {
      while (writing) {
        const bytes = await readFileBounded(path, { maxBytes: 300_000 })
        expect(bytes).toHaveLength(300_000)
        expect(bytes[0]).toBe(bytes[299_999])
        seen.add(bytes[0] as number)
      }
    }
    const reading = reader()
    for (let turn = 2; turn < 12; turn++) await writeFileDurably(path, filled(300_000, turn), { overwrite: true })
    writing = false
    await reading
    expect(seen.size).toBeGreaterThan(1)
  })

  test('where it cannot be written, nothing is left behind', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'taken'))
    await expect(writeFileDurably(join(folder, 'missing', 'a'), filled(1, 1))).rejects.toThrowCode('FILE_UNWRITABLE')
    await expect(writeFileDurably(join(folder, 'taken'), filled(1, 1), { overwrite: true })).rejects.toThrowCode(
      'FILE_UNWRITABLE',
    )
    expect(readdirSync(folder)).toEqual(['taken'])
  })
})

describe('readFileBounded', () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 300_000])('%d bytes, at the bound and one above it', async (size) => {
    const path = join(temporaryFolder(), 'file')
    const bytes = new Uint8Array(size).map((_, at) => at * 31)
    writeFileSync(path, bytes)
    expect(await readFileBounded(path, { maxBytes: size })).toEqual(bytes)
    expect(await readFileBounded(path, { maxBytes: size * 10 + 10 })).toEqual(bytes)
    if (size > 0) await expect(readFileBounded(path, { maxBytes: size - 1 })).rejects.toThrowCode('FILE_TOO_LARGE')
  })

  test('a file without end', async () => {
    await expect(readFileBounded('/dev/zero', { maxBytes: 1_000_000 })).rejects.toThrowCode('FILE_TOO_LARGE')
    expect(await readFileBounded('/dev/null', { maxBytes: 10 })).toHaveLength(0)
  })

  test('a pipe that comes in pieces', async () => {
    const path = join(temporaryFolder(), 'pipe')
    execFileSync('mkfifo', [path])
    const writer = spawn('sh', ['-c', 'for piece in 1 2 3 4 5; do printf "$piece"; sleep 0.01; done > "$0"', path])
    expect(Buffer.from(await readFileBounded(path, { maxBytes: 5 })).toString()).toBe('12345')
    expect(writer.pid).toBeGreaterThan(0)
  })

  test('what cannot be read', async () => {
    const folder = temporaryFolder()
    await expect(readFileBounded(join(folder, 'missing'), { maxBytes: 1 })).rejects.toThrowCode('FILE_UNREADABLE')
    await expect(readFileBounded(folder, { maxBytes: 1 })).rejects.toThrowCode('FILE_UNREADABLE')
    await expect(readFileBounded('a\u0000b', { maxBytes: 1 })).rejects.toThrowCode('FILE_UNREADABLE')
  })
})
