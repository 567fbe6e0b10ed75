import { expect, test } from 'vitest'
import { checkDisk } from './check-disk.ts'

const GIB = 2 ** 30
const EXT4 = 0xef53
const PATHS = { store: '/issuer/store.sqlite', head: '/issuer/head.sqlite' }

const disk = (system: { readonly type?: number; readonly free?: number }) => ({
  stat: async () => ({ type: system.type ?? EXT4, bsize: 4096, bavail: (system.free ?? 100 * GIB) / 4096 }),
})

test.each([
  [100 * GIB, 'ok', undefined],
  [GIB, 'ok', undefined],
  [GIB - 4096, 'warning', 'DISK_SPACE_LOW'],
  [GIB / 16, 'warning', 'DISK_SPACE_LOW'],
  [GIB / 16 - 4096, 'problem', 'DISK_SPACE_LOW'],
  [0, 'problem', 'DISK_SPACE_LOW'],
])('%d bytes free: %s', async (free, status, code) => {
  const [space] = await checkDisk(PATHS, disk({ free }))
  expect({ status: space?.status, code: space?.code }).toEqual({ status, code })
})

test.runIf(process.platform === 'linux').each([
  ['ext4', EXT4, 'ok'],
  ['NFS', 0x6969, 'warning'],
  ['CIFS', 0xff534d42, 'warning'],
  ['FUSE', 0x65735546, 'warning'],
])('%s', async (name, type, status) => {
  const [, kind] = await checkDisk(PATHS, disk({ type }))
  expect(kind?.status).toBe(status)
  if (status === 'warning') {
    expect(kind).toMatchObject({ code: 'NETWORK_FILE_SYSTEM', says: expect.stringContaining(name) })
  }
})

test('the head store on a disk of its own counts too', async () => {
  const stat = async (folder: string) => ({ type: EXT4, bsize: 1, bavail: folder === '/other' ? 0 : GIB })
  const [space] = await checkDisk({ ...PATHS, head: '/other/head.sqlite' }, { stat })
  expect(space).toMatchObject({ status: 'problem', at: '/other' })
})

test('a file system that does not say', async () => {
  const found = await checkDisk(PATHS, { stat: () => Promise.reject(new Error('no')) })
  expect(found.map(({ status }) => status)).toEqual(['notChecked', 'notChecked'])
})
