import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { readIdentities } from './index.ts'

let identity: string
let recipient: string
beforeAll(async () => {
  identity = await generateIdentity()
  recipient = await identityToRecipient(identity)
})

describe('an identity file', () => {
  const file = (text: string, mode = 0o600): string => {
    const path = join(temporaryFolder(), 'key.txt')
    writeFileSync(path, text)
    chmodSync(path, mode)
    return path
  }

  test('has comments, empty lines and keys', async () => {
    expect(await readIdentities(file(`# created: now\n# public key: ${recipient}\n\n${identity}\n`))).toEqual([
      identity,
    ])
    expect(await readIdentities(file(`${identity}\r\n${identity}`))).toEqual([identity, identity])
  })

  test('is refused where others can read it, whatever is in it', async () => {
    for (const mode of [0o640, 0o604, 0o666]) {
      await expect(readIdentities(file(identity, mode))).rejects.toThrowCode('KEY_PERMISSIONS')
    }
  })

  test.each([
    ['nothing', ''],
    ['comments only', '# a\n'],
    ['a recipient', 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'],
    ['another kind of key', '-----BEGIN PRIVATE KEY-----'],
    ['a sealed identity', 'age-encryption.org/v1\n'],
    ['more than any has', `# ${'x'.repeat(5_000)}`],
  ])('is refused with %s', async (_, text) => {
    await expect(readIdentities(file(text))).rejects.toThrowCode('KEY_MALFORMED')
  })

  test('is refused with a wrong checksum, and no error carries any of it', async () => {
    const wrong = identity.slice(0, -1) + (identity.endsWith('Q') ? 'P' : 'Q')
    const error = await readIdentities(file(`\n${wrong}`)).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'KEY_MALFORMED', at: expect.stringMatching(/key\.txt:2$/) })
    expect(JSON.stringify({ ...(error as object), text: String(error) })).not.toContain(wrong.slice(20, 40))
    await expect(readIdentities(join(temporaryFolder(), 'none'))).rejects.toThrowCode('FILE_UNREADABLE')
  })
})
