import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { keyId, nobleVerifier, parseP256Signature } from '../../core/signature/index.ts'
import { generateIssuerKey, generateLogKey, loadCheckpointSigner, loadStatementSigner, nodeVerifier } from './index.ts'

const message = Uint8Array.from(Buffer.from('statement'))

const writeKey = (path: string, text: string | Uint8Array, mode = 0o600): string => {
  writeFileSync(path, text, { mode })
  chmodSync(path, mode)
  return path
}

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey

describe('generated keys', () => {
  test('an issuer’s key signs statements: strict DER, low S, the same key when it is loaded again', async () => {
    const path = join(temporaryFolder(), 'issuer.pem')
    const signer = generateIssuerKey({ path })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const again = loadStatementSigner(path)
    expect([again.keyId, again.publicKey]).toEqual([keyId(signer.publicKey), signer.publicKey])
    for (let turn = 0; turn < 20; turn++) {
      const signature = await again.sign(message)
      parseP256Signature(signature)
      expect(nodeVerifier.p256({ publicKey: signer.publicKey, signature, message })).toBe(true)
    }
  })

  test('a log’s key signs checkpoints in its own name', async () => {
    const path = join(temporaryFolder(), 'log.pem')
    const signer = generateLogKey({ path, origin: 'log.example' })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const again = loadCheckpointSigner(path, 'log.example')
    expect([again.name, again.publicKey]).toEqual(['log.example', signer.publicKey])
    const signature = await again.sign(message)
    expect(nobleVerifier.ed25519({ publicKey: signer.publicKey, signature, message })).toBe(true)
  })

  test('never replace a file, nor follow a link', () => {
    const folder = temporaryFolder()
    const path = writeKey(join(folder, 'key'), 'mine')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'))
    expect(() => generateIssuerKey({ path })).toThrowCode('FILE_EXISTS')
    expect(() => generateLogKey({ path: join(folder, 'link'), origin: 'a' })).toThrowCode('FILE_EXISTS')
    expect(() => generateIssuerKey({ path: join(folder, 'missing', 'key') })).toThrowCode('FILE_UNWRITABLE')
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})

describe('a key file', () => {
  test.each([0o640, 0o604, 0o660, 0o601, 0o666, 0o610, 0o644])('is refused with permissions %o', (mode) => {
    const path = writeKey(join(temporaryFolder(), 'key'), pem(p256), mode)
    expect(() => loadStatementSigner(path)).toThrowCode('KEY_PERMISSIONS')
    expect(() => loadStatementSigner(path)).toThrow(
      expect.objectContaining({ at: path, hint: `Run: chmod 600 ${path}` }),
    )
    chmodSync(path, 0o400)
    expect(loadStatementSigner(path).publicKey).toHaveLength(91)
  })

  test('with CR LF, or without the last line end, is one', () => {
    for (const text of [pem(p256).replaceAll('\n', '\r\n'), pem(p256).trimEnd()]) {
      expect(loadStatementSigner(writeKey(join(temporaryFolder(), 'key'), text)).publicKey).toHaveLength(91)
    }
  })

  const text = pem(p256)
  const [first = '', ...lines] = text.split('\n')
  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['text before the block', `# my key\n${text}`],
    ['text after it', `${text}# my key\n`],
    ['two blocks', text + text],
    ['no end', text.slice(0, -20)],
    ['no start', lines.join('\n')],
    ['another kind of block', text.replaceAll('PRIVATE KEY', 'EC PRIVATE KEY')],
    ['SEC1', p256.export({ type: 'sec1', format: 'pem' }) as string],
    ['encrypted', p256.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string],
    ['headers', text.replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n')],
    ['no base64', text.replace(lines[0] as string, '%%%%')],
    ['base64 of something else', text.replace(/\n[^-]+/, '\nAAAA\n')],
    ['one byte of the base64 missing', text.replace(lines[0] as string, (lines[0] as string).slice(1))],
    ['white space in a line', text.replace(lines[0] as string, ` ${lines[0]}`)],
    ['the bytes without PEM', p256.export({ type: 'pkcs8', format: 'der' })],
    ['more than 4,096 bytes', `${first}\n${`${'A'.repeat(64)}\n`.repeat(64)}${lines.slice(-2).join('\n')}`],
    ['a byte order mark', `\ufeff${text}`],
  ])('is malformed: %s', (_, contents) => {
    const path = writeKey(join(temporaryFolder(), 'key'), contents)
    expect(() => loadStatementSigner(path)).toThrowCode('KEY_MALFORMED')
    expect(() => loadCheckpointSigner(path, 'log.example')).toThrowCode('KEY_MALFORMED')
  })

  test('of another type is refused', () => {
    const path = (key: KeyObject) => writeKey(join(temporaryFolder(), 'key'), pem(key))
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
      generateKeyPairSync('x25519').privateKey,
    ]
    for (const key of [...others, ed25519]) expect(() => loadStatementSigner(path(key))).toThrowCode('KEY_MALFORMED')
    for (const key of [...others, p256]) {
      expect(() => loadCheckpointSigner(path(key), 'log.example')).toThrowCode('KEY_MALFORMED')
    }
  })

  test('that is missing, a folder or a pipe that nobody writes to is unreadable, at once', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'folder'), { mode: 0o700 })
    execFileSync('mkfifo', ['-m', '600', join(folder, 'pipe')])
    for (const name of ['missing', 'folder', 'pipe']) {
      expect(() => loadStatementSigner(join(folder, name))).toThrowCode('FILE_UNREADABLE')
    }
  })

  test('leaves nothing of its contents in an error', () => {
    const damaged = text.replace(lines[0] as string, `AAAA${(lines[0] as string).slice(4)}`)
    const path = writeKey(join(temporaryFolder(), 'key'), damaged)
    let shown = ''
    try {
      loadStatementSigner(path)
    } catch (error) {
      shown = inspect(error, { depth: 10, showHidden: true })
    }
    expect(shown).toContain('KEY_MALFORMED')
    for (const line of [...lines.slice(0, 3), damaged.slice(40, 80)]) expect(shown).not.toContain(line.slice(0, 20))
    expect(() => createPrivateKey(damaged)).toThrow()
  })
})

test('the verifier answers right for more keys than it keeps ready', async () => {
  const folder = temporaryFolder()
  const signer = generateIssuerKey({ path: join(folder, 'key') })
  const good = { publicKey: signer.publicKey, signature: await signer.sign(message), message }
  expect(nodeVerifier.p256(good)).toBe(true)
  for (let number = 0; number < 300; number++) {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const other = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }))
    if (nodeVerifier.p256({ ...good, publicKey: other }) !== false) expect.fail(`key ${number}`)
  }
  expect(nodeVerifier.p256(good)).toBe(true)
})
