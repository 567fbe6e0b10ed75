import { expect, test } from 'vitest'
import { sigstoreTrustedRoot } from './index.ts'

// What @sigstore/verify makes of it: test/interop/sigstore-verify.test.ts.
const INPUT = {
  origin: '2026a.log.example',
  logPublicKey: new Uint8Array(32).fill(1),
  validFrom: '2026-01-31T00:00:00.000Z',
}

test('names one log, and nobody else', () => {
  const { tlogs, certificateAuthorities, ctlogs, timestampAuthorities } = sigstoreTrustedRoot(INPUT)
  const [log] = tlogs
  expect(tlogs.length).toBe(1)
  expect(log?.baseUrl).toBe('https://2026a.log.example')
  expect(log?.logId).toEqual(log?.checkpointKeyId)
  expect(Buffer.from(log?.logId.keyId ?? '', 'base64').length).toBe(32)
  expect([certificateAuthorities, ctlogs, timestampAuthorities]).toEqual([[], [], []])
})

test.each([
  '',
  'log.example/2026',
  'log.example:80',
  'https://log.example',
  'Log.example',
  '-a.example',
  'a..b',
  'é.example',
])('refuses the origin %j, over which stock clients stumble', (origin) => {
  expect(() => sigstoreTrustedRoot({ ...INPUT, origin })).toThrow(RangeError)
})

test('refuses a key of another size and a time of another form', () => {
  expect(() => sigstoreTrustedRoot({ ...INPUT, logPublicKey: new Uint8Array(31) })).toThrow(RangeError)
  expect(() => sigstoreTrustedRoot({ ...INPUT, validFrom: '2026-01-31' })).toThrowCode('TIME_MALFORMED')
})
