import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { gatewayAddress } from './gateway-address.ts'

describe('gatewayAddress', () => {
  beforeEach(() => vi.stubEnv('COLOPHON_TOKEN', undefined))
  afterEach(() => vi.unstubAllEnvs())

  const folderWithToken = (): string => {
    const folder = temporaryFolder()
    writeFileSync(
      join(folder, 'config.json'),
      '{"format":"colophon/config/v1","origin":"a","signer":"b","head":"head.sqlite"}',
    )
    writeFileSync(join(folder, 'token'), 'token-of-the-folder\n', { mode: 0o600 })
    return folder
  }

  test.each(['http://127.0.0.1:8787', 'http://localhost:8787/', 'http://[::1]:8787'])(
    'gives the folder’s token to a gateway on this machine: %s',
    async (url) => {
      expect(await gatewayAddress(url, { folder: folderWithToken() })).toEqual({ url, token: 'token-of-the-folder' })
    },
  )

  test.each(['http://example.com', 'https://127.0.0.1.example.com', 'http://10.0.0.1:8787', 'not an address'])(
    'gives nobody else’s gateway the folder’s token: %s',
    async (url) => {
      expect(await gatewayAddress(url, { folder: folderWithToken() })).toEqual({ url, token: undefined })
    },
  )

  test('gives any gateway the token that is meant for it', async () => {
    vi.stubEnv('COLOPHON_TOKEN', 'its-own')
    const url = 'https://gateway.example.com'
    expect(await gatewayAddress(url, { folder: 'none' })).toEqual({ url, token: 'its-own' })
  })

  test('does without a folder', async () => {
    const url = 'http://127.0.0.1:8787'
    expect(await gatewayAddress(url, { folder: temporaryFolder() })).toEqual({ url, token: undefined })
  })
})
