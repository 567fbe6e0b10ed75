/**
 * Keys that are retired and revoked, judged by positions in the log and by trusted time: real records, real
 * cosignatures. Threats A13 to A15, D18, G9, and property 11.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { formatTime } from '../../src/core/bytes/index.ts'
import type { ErrorCode } from '../../src/core/errors.ts'
import { explainRun } from '../../src/core/explain/index.ts'
import type { Bound, TrustPolicy, Validity } from '../../src/core/trust/index.ts'
import type { Check, CheckId, Report, StatementKind } from '../../src/core/verify/index.ts'
import {
  ACCOMPLICE,
  type ForgedLog,
  type ForgedRun,
  type Forgery,
  forgeRun,
  judgeRun,
  LIAR,
  openForgedLog,
  TRUST,
} from '../support/forged-run.ts'
import { makeWitness } from '../support/witness.ts'

/** The end of the key in these tests. Records say that they were bound at 2026-01-01T00:00:00.000Z. */
const END = '2026-01-01T00:00:00.000Z'
const SECONDS = BigInt(Date.parse(END) / 1000)
const FIRST = makeWitness('w1.example')
const SECOND = makeWitness('w2.example')
const STRANGER = makeWitness('w3.example')

const AT_SIZE = (size: bigint, origin = 'a.log.example'): Bound => ({ kind: 'log', origin, size })
const AT_TIME: Bound = { kind: 'time', time: END }
const until = (bound: Bound, because: 'rotated' | 'revoked' = 'rotated'): Validity => {
  return { from: 'any', until: bound, because }
}
const from = (bound: Bound): Validity => ({ from: bound, until: 'any', because: 'rotated' })

/** What each of the two keys is believed for. */
const trusting = (liar: Validity, accomplice: Validity = 'always'): TrustPolicy => ({
  ...TRUST,
  signers: TRUST.signers.map((signer) => ({ ...signer, valid: signer.keyId === LIAR.keyId ? liar : accomplice })),
  witnesses: [FIRST.key, SECOND.key],
})

const judge = (run: ForgedRun, valid: Validity): Promise<Report> => judgeRun(run, { trust: trusting(valid) })

const checkOf = ({ checks }: Report, id: CheckId): Check => checks.find((one) => one.id === id) as Check
const failures = ({ checks }: Report): Partial<Record<CheckId, ErrorCode>> =>
  Object.fromEntries(checks.filter(({ status }) => status === 'fail').map(({ id, code }) => [id, code]))

const cosignedBy =
  (...times: readonly (readonly [witness: typeof FIRST, timeSeconds: bigint])[]) =>
  (_: StatementKind, signedNote: string): string =>
    times.reduce((note, [witness, timeSeconds]) => witness.cosign(note, timeSeconds), signedNote)

test('facts and reasons name who says when, and order stays the operator’s word', async () => {
  const run = await forgeRun({ cosign: cosignedBy([FIRST, SECONDS]) })
  const report = await judge(run, 'always')
  expect(report).toMatchObject({ authenticity: 'trusted', ok: true })
  expect(report.facts?.trustedTimes).toEqual(
    ['declaration', 'binding', 'record'].map((statement) => ({ statement, witness: 'w1.example', time: END })),
  )
  expect(checkOf(report, 'recordInLog').reason).toContain(`${END} by the witness w1.example`)
  const { status, reason } = checkOf(report, 'order')
  expect(status).toBe('claimed')
  expect(reason).toContain('w1.example')
  expect(reason).not.toContain('no witness')
})

test('a report of witnesses that the policy does not name says nothing of them', async () => {
  const report = await judge(await forgeRun({ cosign: cosignedBy([STRANGER, SECONDS]) }), 'always')
  expect(report).toMatchObject({ authenticity: 'trusted', facts: { trustedTimes: [] } })
  expect(checkOf(report, 'order').reason).toContain('no witness that your trust policy names')
})

describe('a position in the log', () => {
  // Declaration, binding and record are entries 0, 1 and 2.
  const IDS = ['declarationSigner', 'bindingSigner', 'signer'] as const
  let run: ForgedRun
  beforeAll(async () => {
    run = await forgeRun()
  })

  test.each([3n, 2n, 1n, 0n])('each statement by its own: retired at size %d', async (size) => {
    const report = await judge(run, until(AT_SIZE(size)))
    const outside = IDS.slice(Number(size)).map((id) => [id, 'KEY_OUTSIDE_VALIDITY'])
    expect(failures(report)).toEqual(Object.fromEntries(outside))
    expect(report).toMatchObject(
      size === 3n ? { authenticity: 'trusted', exitCode: 0 } : { authenticity: 'valid', exitCode: 3 },
    )
  })

  test('a key that came later is not believed for what stood there before', async () => {
    expect(failures(await judge(run, from(AT_SIZE(1n))))).toEqual({ declarationSigner: 'KEY_OUTSIDE_VALIDITY' })
  })

  test('revoked is said to be', async () => {
    const report = await judge(run, until(AT_SIZE(2n), 'revoked'))
    expect(failures(report)).toEqual({ signer: 'KEY_REVOKED' })
    expect(report.headline).toMatch(/^VALID, NOT TRUSTED\. .*revoked.*entry 2 of a\.log\.example/)
    expect(report.facts?.signer.name).toBeUndefined()
    const { basis } = explainRun({ report, disclosure: run.disclosure })
    expect(basis).toContain('not one that you trust for this')
  })

  test('of one log says nothing of another, which the policy names, too', async () => {
    const elsewhere = await forgeRun({ logs: { record: await openForgedLog('b.log.example') } })
    expect(failures(await judge(elsewhere, until(AT_SIZE(100n))))).toEqual({ signer: 'KEY_OUTSIDE_VALIDITY' })
  })

  test('cannot be judged of a statement that no trusted log has', async () => {
    const nowhere = await forgeRun({ logs: { record: await openForgedLog('c.log.example') } })
    const report = await judge(nowhere, until(AT_SIZE(100n)))
    expect(failures(report)).toEqual({ recordInLog: 'LOG_NOT_TRUSTED' })
    expect(checkOf(report, 'signer')).toMatchObject({ status: 'notChecked' })
    expect(report).toMatchObject({ authenticity: 'valid', exitCode: 3, facts: { signer: { name: undefined } } })
  })
})

describe('a time', () => {
  const every = (code: ErrorCode) => ({ signer: code, bindingSigner: code, declarationSigner: code })

  test.each<[string, Forgery['cosign'], object]>([
    ['at the very end, A14', cosignedBy([FIRST, SECONDS]), {}],
    ['a second later, A14', cosignedBy([FIRST, SECONDS + 1n]), every('KEY_OUTSIDE_VALIDITY')],
    ['of two witnesses', cosignedBy([FIRST, SECONDS], [SECOND, SECONDS - 60n]), {}],
    [
      'of two witnesses, one outside, A15',
      cosignedBy([FIRST, SECONDS], [SECOND, SECONDS + 1n]),
      every('KEY_OUTSIDE_VALIDITY'),
    ],
    ['of none: what records say of themselves is no trusted time, A15', undefined, every('TRUSTED_TIME_MISSING')],
    ['of a witness that the policy does not name', cosignedBy([STRANGER, SECONDS]), every('TRUSTED_TIME_MISSING')],
    ['of a stranger beside a known one', cosignedBy([STRANGER, SECONDS + 9n], [FIRST, SECONDS]), {}],
    ['that is none: 0', cosignedBy([FIRST, 0n]), every('TRUSTED_TIME_MISSING')],
    ['beyond all calendars', cosignedBy([FIRST, 2n ** 63n - 1n]), every('KEY_OUTSIDE_VALIDITY')],
    [
      'that is no cosignature: a plain signature by the witness’s key, D18',
      (_, note) => FIRST.signPlainly(note),
      every('TRUSTED_TIME_MISSING'),
    ],
  ])('%s', async (_, cosign, want) => {
    const run = await forgeRun(cosign === undefined ? {} : { cosign })
    const report = await judge(run, until(AT_TIME))
    expect(failures(report)).toEqual(want)
    expect(report.exitCode).toBe(Object.keys(want).length === 0 ? 0 : 3)
  })

  test('each statement by its own', async () => {
    const cosign: Forgery['cosign'] = (statement, note) =>
      FIRST.cosign(note, statement === 'record' ? SECONDS + 1n : SECONDS)
    const report = await judge(await forgeRun({ cosign }), until(AT_TIME, 'revoked'))
    expect(failures(report)).toEqual({ signer: 'KEY_REVOKED' })
    expect(checkOf(report, 'signer').reason).toContain(
      `${formatTime(Date.parse(END) + 1000)} by the witness w1.example`,
    )
  })

  test('changed afterwards, or of another checkpoint, makes the record invalid: D18', async () => {
    const edited: Forgery['cosign'] = (_, note) => withTime(FIRST.cosign(note, SECONDS + 1n), SECONDS)
    const report = await judge(await forgeRun({ cosign: edited }), until(AT_TIME))
    expect(failures(report)).toMatchObject({ recordInLog: 'SIGNATURE_INVALID', bindingInLog: 'SIGNATURE_INVALID' })
    expect(report).toMatchObject({ authenticity: 'invalid', exitCode: 1 })

    let earlier = ''
    const moved: Forgery['cosign'] = (statement, note) => {
      if (statement === 'declaration') earlier = FIRST.cosign(note, SECONDS)
      return statement === 'record' ? note + lastLine(earlier) : note
    }
    expect(failures(await judge(await forgeRun({ cosign: moved }), until(AT_TIME)))).toMatchObject({
      recordInLog: 'SIGNATURE_INVALID',
    })
  })

  test('of one witness twice is refused and never counted twice: A13', async () => {
    const cosign = cosignedBy([FIRST, SECONDS], [FIRST, SECONDS])
    expect(failures(await judge(await forgeRun({ cosign }), until(AT_TIME)))).toMatchObject({
      recordInLog: 'NOTE_MALFORMED',
    })
  })
})

describe('a stolen key, after it was replaced', () => {
  let log: ForgedLog
  let sizeAtRotation: bigint
  beforeAll(async () => {
    log = await openForgedLog()
    await forgeRun({ logs: { declaration: log } })
    sizeAtRotation = log.log.size
  })

  const rotated = (because: 'rotated' | 'revoked'): TrustPolicy =>
    trusting(until(AT_SIZE(sizeAtRotation), because), from(AT_SIZE(sizeAtRotation)))

  test.each([
    ['rotated', 'KEY_OUTSIDE_VALIDITY'],
    ['revoked', 'KEY_REVOKED'],
  ] as const)('%s: adds an entry, and is refused by name', async (because, code) => {
    const run = await forgeRun({ logs: { declaration: log } })
    const report = await judgeRun(run, { trust: rotated(because) })
    expect(failures(report)).toEqual({ signer: code, bindingSigner: code, declarationSigner: code })
    expect(report).toMatchObject({ authenticity: 'valid', ok: false, exitCode: 3 })
  })

  test('writes times from before into what it signs, and is refused', async () => {
    const run = await forgeRun({
      logs: { declaration: log },
      binding: (binding) => ({ ...binding, boundAt: '2020-01-01T00:00:00.000Z' }),
      record: (record) => ({ ...record, outcome: { ...record.outcome, endedAt: '2020-01-01T00:00:01.000Z' } }),
    })
    expect(await judgeRun(run, { trust: rotated('revoked') })).toMatchObject({ exitCode: 3 })
    const timed = await judgeRun(run, { trust: trusting(until(AT_TIME, 'revoked')) })
    expect(failures(timed)).toMatchObject({ signer: 'TRUSTED_TIME_MISSING' })
  })

  test('while the new key is believed for all that comes after, under a declaration of the old one', async () => {
    const fresh = await openForgedLog()
    const signers = { declaration: LIAR, binding: ACCOMPLICE, record: ACCOMPLICE }
    const run = await forgeRun({ logs: { declaration: fresh }, signers })
    const trust = trusting(until(AT_SIZE(1n)), from(AT_SIZE(1n)))
    expect(await judgeRun(run, { trust })).toMatchObject({ authenticity: 'trusted', ok: true })
  })
})

/** The last line of a signed note, with its line end. */
const lastLine = (signedNote: string): string => signedNote.slice(signedNote.lastIndexOf('—'))

/** The note with another time in its last line, which is a cosignature; its signature stays. */
function withTime(signedNote: string, timeSeconds: bigint): string {
  const [dash, name, encoded = ''] = lastLine(signedNote).trimEnd().split(' ')
  const bytes = Buffer.from(encoded, 'base64')
  bytes.writeBigUInt64BE(timeSeconds, 4)
  return `${signedNote.slice(0, signedNote.lastIndexOf('—'))}${dash} ${name} ${bytes.toString('base64')}\n`
}
