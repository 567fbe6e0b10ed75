import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { type RunFiles, requireWritable, runFilesOf, writeTogether } from './write-run-files.ts'

const pathsOf = ({ answer, record, disclosure }: RunFiles) => [answer, record, disclosure] as const

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

describe('writeTogether', () => {
  test('writes all files, with their modes', async () => {
    const folder = temporaryFolder()
    const [a, b] = [join(folder, 'a'), join(folder, 'b')]
    await writeTogether(
      [
        { path: a, bytes: encodeUtf8('1') },
        { path: b, bytes: encodeUtf8('2'), mode: 0o600 },
      ],
      { overwrite: false },
    )
    expect(contents(folder)).toEqual({ a: '1', b: '2' })
    expect(statSync(b).mode & 0o777).toBe(0o600)
  })

  test('leaves none where one cannot be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'b'), 'old')
    const files = ['a', 'b'].map((name) => ({ path: join(folder, name), bytes: encodeUtf8('new') }))
    await expect(writeTogether(files, { overwrite: false })).rejects.toThrowCode('FILE_EXISTS')
    expect(contents(folder)).toEqual({ b: 'old' })
  })

  test('puts back what it replaced where a later file cannot be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a'), 'old')
    const files = ['a', join('none', 'b')].map((name) => ({ path: join(folder, name), bytes: encodeUtf8('new') }))
    await expect(writeTogether(files, { overwrite: true })).rejects.toThrowCode('FILE_UNWRITABLE')
    expect(contents(folder)).toEqual({ a: 'old' })
  })

  test('replaces what is there, and takes away what has no successor', async () => {
    const folder = temporaryFolder()
    for (const name of ['a', 'b']) writeFileSync(join(folder, name), 'old')
    await writeTogether(
      [
        { path: join(folder, 'a'), bytes: encodeUtf8('new') },
        { path: join(folder, 'b'), bytes: undefined },
      ],
      { overwrite: true },
    )
    expect(contents(folder)).toEqual({ a: 'new' })
  })
})

describe('requireWritable', () => {
  test('refuses each file that is there, before a run is made in vain', async () => {
    for (const name of ['x', 'x.sigstore.json', 'x.disclosure.json']) {
      const folder = temporaryFolder()
      writeFileSync(join(folder, name), '')
      const files = runFilesOf(join(folder, 'x'))
      await expect(requireWritable(pathsOf(files), { overwrite: false })).rejects.toThrowCode('FILE_EXISTS')
      await requireWritable(pathsOf(files), { overwrite: true })
    }
  })

  test('never replaces a folder or a link, whatever was asked for', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'folder'))
    symlinkSync('folder', join(folder, 'link.sigstore.json'))
    for (const name of ['folder', 'link']) {
      const files = runFilesOf(join(folder, name))
      await expect(requireWritable(pathsOf(files), { overwrite: true })).rejects.toThrowCode('FILE_EXISTS')
    }
  })

  test('refuses a folder that is not there, and a file in its place', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    for (const name of ['none', 'file']) {
      const files = runFilesOf(join(folder, name, 'x'))
      await expect(requireWritable(pathsOf(files), { overwrite: true })).rejects.toThrowCode('FILE_UNWRITABLE')
    }
  })

  test('refuses a folder that it may not write to', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may write everywhere')
    const folder = join(temporaryFolder(), 'locked')
    mkdirSync(folder)
    chmodSync(folder, 0o500)
    await expect(requireWritable(pathsOf(runFilesOf(join(folder, 'x'))), { overwrite: true })).rejects.toThrowCode(
      'FILE_UNWRITABLE',
    )
  })
})
