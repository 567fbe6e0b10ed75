import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { parseTrustPolicy } from '../../core/trust/index.ts'
import { formatConfig, parseConfig } from './config.ts'
import { createWorkspace, openWorkspace, openWorkspaceIssuer, readToken, workspacePaths } from './index.ts'

const CAPTURE = { point: 'gateway', received: 'same', software: 'test' } as const
const CONFIG = { origin: 'log.example-host', signer: 'Test issuer' }

describe('createWorkspace', () => {
  test('makes an issuer that opens, and a trust policy that names its keys', async () => {
    const folder = join(temporaryFolder(), 'made')
    const { paths, trust } = await createWorkspace({ folder, ...CONFIG })
    const workspace = await openWorkspace(folder)
    expect(workspace.config).toEqual({ ...CONFIG, head: 'head.sqlite' })
    const issuer = await openWorkspaceIssuer(workspace, CAPTURE)
    await issuer.close()
    expect(parseTrustPolicy(readFileSync(paths.trustPolicy))).toEqual(trust)
    expect(trust.signers).toMatchObject([{ name: 'Test issuer', keyId: issuer.signer.keyId }])
    expect(trust).toMatchObject({ require: ['output', 'completion'], acceptClaimed: false, declarations: 'any' })
  })

  test('keeps secrets to their owner and out of repositories', async () => {
    const folder = join(temporaryFolder(), 'made')
    const { paths } = await createWorkspace({ folder, ...CONFIG })
    for (const path of [paths.issuerKey, paths.logKey, paths.token, paths.store, paths.head]) {
      expect(statSync(path).mode & 0o777).toBe(0o600)
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readFileSync(paths.gitignore, 'utf8')).toBe('/*\n!/trust/\n')
    expect(readFileSync(paths.issuerPublicKey, 'utf8')).toContain('PUBLIC KEY')
  })

  test('refuses a folder that is there and leaves it as it was', async () => {
    const folder = join(temporaryFolder(), 'there')
    mkdirSync(folder)
    await expect(createWorkspace({ folder, ...CONFIG })).rejects.toThrowCode('FILE_EXISTS')
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['an origin that is no host name', { origin: 'https://log.example/x' }, 'USAGE'],
    ['a parent that is not there', { folder: join('none', 'made') }, 'FILE_UNWRITABLE'],
  ] as const)('leaves nothing behind for %s', async (_, changes, code) => {
    const parent = temporaryFolder()
    const input = { ...CONFIG, ...changes, folder: join(parent, 'folder' in changes ? changes.folder : 'made') }
    await expect(createWorkspace(input)).rejects.toThrowCode(code)
    expect(readdirSync(parent)).toEqual([])
  })
})

describe('openWorkspace', () => {
  test('refuses a folder where there is none', async () => {
    await expect(openWorkspace(temporaryFolder())).rejects.toThrowCode('STORE_MISSING')
  })

  test.each([
    ['no JSON', 'x'],
    ['another format', '{"format":"colophon/config/v2","origin":"a","signer":"b","head":"h"}'],
    ['an unknown member', '{"format":"colophon/config/v1","origin":"a","signer":"b","head":"h","more":1}'],
    ['a missing member', '{"format":"colophon/config/v1","origin":"a","signer":"b"}'],
    ['an empty name', '{"format":"colophon/config/v1","origin":"a","signer":"","head":"h"}'],
    ['an origin with a path', '{"format":"colophon/config/v1","origin":"a/b","signer":"b","head":"h"}'],
    ['an empty head', '{"format":"colophon/config/v1","origin":"a","signer":"b","head":""}'],
  ])('refuses a configuration with %s', (_, text) => {
    expect(() => parseConfig(encodeUtf8(text))).toThrowCode('CONFIG_MALFORMED')
  })
})

describe('the head store', () => {
  test('lies where the configuration says: in the folder, or on another disk', async () => {
    const folder = join(temporaryFolder(), 'made')
    const elsewhere = join(temporaryFolder(), 'head.sqlite')
    const { paths } = await createWorkspace({ folder, ...CONFIG })
    renameSync(paths.head, elsewhere)
    await expect(openWorkspaceIssuer(await openWorkspace(folder), CAPTURE)).rejects.toThrowCode('LOG_HEAD_MISSING')
    writeFileSync(paths.config, formatConfig({ ...CONFIG, head: elsewhere }))
    const moved = await openWorkspace(folder)
    expect(moved.paths.head).toBe(elsewhere)
    await (await openWorkspaceIssuer(moved, CAPTURE)).close()
    expect(existsSync(join(folder, 'head.sqlite'))).toBe(false)
  })
})

describe('readToken', () => {
  const withToken = async (text: string, mode: number) => {
    const folder = temporaryFolder()
    const paths = workspacePaths(folder)
    writeFileSync(paths.token, text)
    chmodSync(paths.token, mode)
    expect(existsSync(paths.token)).toBe(true)
    return readToken({ paths, config: { ...CONFIG, head: 'head.sqlite' } })
  }

  test('reads one without its line end', async () => {
    expect(await withToken('0123456789abcdef\n', 0o600)).toBe('0123456789abcdef')
  })

  test('refuses one that others can read, and what is no token', async () => {
    await expect(withToken('0123456789abcdef\n', 0o640)).rejects.toThrowCode('KEY_PERMISSIONS')
    for (const text of ['', 'short', '0123456789 abcdef', '0123456789abcdef\nmore']) {
      await expect(withToken(text, 0o600)).rejects.toThrowCode('KEY_MALFORMED')
    }
  })
})
