import { armor, generateHybridIdentity, generateIdentity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { isSealed, sealerFor, unseal } from './index.ts'

const PLAIN = encodeUtf8('{"a disclosure":"canary"}')

let identity: string
let recipient: string
let sealed: Uint8Array
beforeAll(async () => {
  identity = await generateIdentity()
  recipient = await identityToRecipient(identity)
  sealed = await (await sealerFor([recipient]))(PLAIN)
})

const open = (file: Uint8Array, identities: readonly string[]) => unseal(file, { identities, at: 'x.age' })

describe('a sealed file', () => {
  test('is opened by each of its keys, binary or in armor', async () => {
    const other = await generateHybridIdentity()
    const both = await (await sealerFor([recipient, await identityToRecipient(other)]))(PLAIN)
    for (const [file, key] of [
      [sealed, identity],
      [both, identity],
      [both, other],
      [encodeUtf8(armor.encode(sealed)), identity],
    ] as const) {
      expect(isSealed(file)).toBe(true)
      expect(await open(file, [key])).toEqual(PLAIN)
    }
    expect(Buffer.from(sealed).includes('canary')).toBe(false)
    expect(isSealed(PLAIN)).toBe(false)
  })

  test('is opened by no other key, and by none', async () => {
    await expect(open(sealed, [])).rejects.toThrowCode('DISCLOSURE_SEALED')
    await expect(open(sealed, [await generateIdentity()])).rejects.toThrowCode('DISCLOSURE_SEALED')
  })

  test('with any byte changed, or cut short, is damaged or for others', async () => {
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = sealed.with(at, (sealed[at] as number) ^ 1)
      const error = await open(changed, [identity]).catch((caught: unknown) => caught)
      expect(ColophonError.is(error) && /^DISCLOSURE_(SEALED|MALFORMED)$/.test(error.code)).toBe(true)
    }
    for (const size of [0, 1, 22, 60, sealed.length - 1]) {
      await expect(open(sealed.subarray(0, size), [identity])).rejects.toThrowCode('DISCLOSURE_MALFORMED')
    }
  })

  test('has a header of bounded size: every key in it is tried', async () => {
    const stanza =
      '-> X25519 XXiy/9AG0IZtMe4uIOcKyq+sUxDucnljaHTtM38EZwE\n01h9gIRBaVcXs5+EPKGPJqdUlBYalBlaAUm5tE84WKA\n'
    const many = encodeUtf8(`age-encryption.org/v1\n${stanza.repeat(10_000)}--- x\n`)
    await expect(open(many, [identity])).rejects.toThrowCode('DISCLOSURE_MALFORMED')
    const bytes = encodeUtf8('-----BEGIN AGE ENCRYPTED FILE-----\n')
    const large = new Uint8Array((32 << 20) + 1)
    large.set(bytes)
    await expect(open(large, [identity])).rejects.toThrowCode('DISCLOSURE_MALFORMED')
  })
})

test('what is no recipient is refused, and a secret key is not repeated', async () => {
  const wrong = [
    '',
    'age1',
    `${recipient}q`,
    recipient.toUpperCase(),
    identity,
    identity.toLowerCase(),
    'ssh-ed25519 AAAA',
    ` ${recipient}`,
  ]
  for (const text of wrong) {
    const error = await sealerFor([recipient, text]).catch((caught: unknown) => caught)
    expect(() => {
      throw error
    }).toThrowCode('KEY_MALFORMED')
    if (text.length > 10) expect(JSON.stringify({ ...(error as object), text: String(error) })).not.toContain(text)
  }
})
