/** The verifier on records that were really issued, and on what can be done to them. */
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { type DisclosedLeaf, type Disclosure, formatDisclosure } from '../../src/core/disclosure/index.ts'
import { leafHashOf } from '../../src/core/spans/index.ts'
import type { TrustPolicy } from '../../src/core/trust/index.ts'
import { CHECK_IDS, type CheckId, type Evidence, type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { ANSWER, DECLARATION, type IssuedRun, issueRun, REQUEST_BODY, RESPONSE_BODY } from '../support/issued-run.ts'

let run: IssuedRun
let other: IssuedRun

beforeAll(async () => {
  run = await issueRun()
  other = await issueRun()
})

interface Given extends Partial<Evidence> {
  readonly trust?: TrustPolicy | undefined
  readonly agreedDeclarationId?: string
}

function verify(given: Given = {}, of: IssuedRun = run): Promise<Report> {
  const { trust, agreedDeclarationId, ...evidence } = {
    record: of.record,
    output: encodeUtf8(ANSWER),
    disclosure: of.disclosureFile,
    trust: of.trust,
    ...given,
  }
  return verifyRecord(evidence, { trust, agreedDeclarationId, verifier: nodeVerifier, hash: nodeSha256 })
}

const check = (report: Report, id: CheckId) => {
  const found = report.checks.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no check ${id}`)
  return found
}

const statuses = (report: Report): Record<string, string> =>
  Object.fromEntries(report.checks.map(({ id, status }) => [id, status]))

const verdict = ({ authenticity, composition, ok, exitCode }: Report) => ({ authenticity, composition, ok, exitCode })

describe('a run that kept its declaration', () => {
  test('is trusted and kept, with every check in order', async () => {
    const report = await verify()
    expect(verdict(report)).toEqual({ authenticity: 'trusted', composition: 'kept', ok: true, exitCode: 0 })
    expect(report.checks.map(({ id }) => id)).toEqual([...CHECK_IDS])
    expect(statuses(report)).toMatchObject({ order: 'claimed', capture: 'claimed', agreedDeclaration: 'notChecked' })
    const others = report.checks.filter(({ id }) => !['order', 'capture', 'agreedDeclaration'].includes(id))
    expect(others.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(report.facts).toMatchObject({ runId: run.runId, completion: 'complete', recordedResult: 'kept' })
    expect(report.headline).toContain('Test issuer')
  })

  test('without a trust policy it is valid, never trusted, and log checks are not made', async () => {
    const report = await verify({ trust: undefined })
    expect(verdict(report)).toEqual({ authenticity: 'valid', composition: 'kept', ok: false, exitCode: 3 })
    for (const id of ['signer', 'recordInLog', 'bindingInLog', 'declarationInLog', 'order'] as const) {
      expect(check(report, id).status).toBe('notChecked')
    }
  })

  test('without a disclosure its composition is claimed, which is not green', async () => {
    const report = await verify({ disclosure: undefined })
    expect(verdict(report)).toEqual({ authenticity: 'trusted', composition: 'claimed', ok: false, exitCode: 5 })
    expect(report.headline).toContain('claimed by Test issuer')
  })

  test('a claim is enough where the policy says so, and the headline says whose', async () => {
    const report = await verify({ disclosure: undefined, trust: { ...run.trust, acceptClaimed: true } })
    expect(verdict(report)).toEqual({ authenticity: 'trusted', composition: 'claimed', ok: true, exitCode: 0 })
    expect(report.headline).toContain('claimed by Test issuer')
  })

  test('what is required and not checked fails the policy', async () => {
    const report = await verify({ output: undefined, trust: { ...run.trust, require: ['output'] } })
    expect(verdict(report)).toEqual({ authenticity: 'trusted', composition: 'kept', ok: false, exitCode: 5 })
  })

  test('the whole response is a subject too', async () => {
    expect((await verify({ output: encodeUtf8(RESPONSE_BODY) })).ok).toBe(true)
  })
})

describe('the output, byte for byte', () => {
  test('every changed byte is refused', async () => {
    const bytes = encodeUtf8(ANSWER)
    for (let place = 0; place < bytes.length; place += 1) {
      const output = bytes.with(place, (bytes[place] as number) ^ 1)
      const report = await verify({ output, disclosure: undefined })
      expect(report.exitCode).toBe(1)
      expect(check(report, 'output').code).toBe('OUTPUT_MISMATCH')
    }
  })

  test.each([
    ['its final newline', `${ANSWER}\n`],
    ['its final newline', `${ANSWER}\r\n`],
    ['its byte order mark', `\u{feff}${ANSWER}`],
    ['its final newline and its byte order mark', `\u{feff}${ANSWER}\n`],
  ])('a file that would match without %s stays invalid and says so', async (what, text) => {
    const report = await verify({ output: encodeUtf8(text) })
    expect(report.authenticity).toBe('invalid')
    expect(check(report, 'output').reason).toContain(`without ${what}`)
  })

  test('an answer with CR LF instead of LF is named', async () => {
    const answer = 'one\ntwo'
    const twoLines = await issueRun({
      responseBody: RESPONSE_BODY.replace(JSON.stringify(ANSWER), JSON.stringify(answer)),
    })
    expect((await verify({ output: encodeUtf8(answer) }, twoLines)).ok).toBe(true)
    const report = await verify({ output: encodeUtf8('one\r\ntwo') }, twoLines)
    expect(report.authenticity).toBe('invalid')
    expect(check(report, 'output').reason).toContain('CR LF')
  })

  test('another run’s answer is refused', async () => {
    expect((await verify({ output: encodeUtf8('Another answer.') })).exitCode).toBe(1)
  })
})

describe('the record file', () => {
  test('every single-byte change is refused', { timeout: 60_000 }, async () => {
    const accepted: number[] = []
    for (let place = 0; place < run.record.length; place += 1) {
      const record = run.record.with(place, (run.record[place] as number) ^ 1)
      const { authenticity } = await verify({ record, disclosure: undefined })
      if (authenticity !== 'invalid') accepted.push(place)
    }
    expect(accepted).toEqual([])
  })

  test('every truncation, and a byte added at either end, is refused', async () => {
    for (let length = 0; length < run.record.length; length += 37) {
      expect((await verify({ record: run.record.subarray(0, length) })).authenticity).toBe('invalid')
    }
    for (const record of [Uint8Array.of(...run.record, 0x0a), Uint8Array.of(0x20, ...run.record)]) {
      expect((await verify({ record })).authenticity).toBe('invalid')
    }
  })

  test('hostile input is a report, never an exception', async () => {
    for (const text of ['', '{}', '[]', 'null', '{"mediaType":1}', '['.repeat(100_000)]) {
      const report = await verify({ record: encodeUtf8(text) })
      expect(verdict(report)).toMatchObject({ authenticity: 'invalid', composition: 'notChecked', exitCode: 1 })
      expect(report.checks).toHaveLength(CHECK_IDS.length)
    }
  })
})

describe('whom to trust', () => {
  test('a record by a key that the policy does not name is valid and not trusted', async () => {
    const report = await verify({ trust: { ...run.trust, signers: other.trust.signers } })
    expect(verdict(report)).toMatchObject({ authenticity: 'valid', exitCode: 3 })
    expect(check(report, 'signer').code).toBe('KEY_NOT_TRUSTED')
    expect(report.headline).not.toMatch(/^TRUSTED/)
  })

  test('a log that the policy does not name is not trusted', async () => {
    const elsewhere = await issueRun({ origin: 'other.log.example' })
    const report = await verify({ trust: { ...run.trust, logs: elsewhere.trust.logs } })
    expect(verdict(report)).toMatchObject({ authenticity: 'valid', exitCode: 3 })
    expect(check(report, 'recordInLog').code).toBe('LOG_NOT_TRUSTED')
  })

  test('a log of the same origin with another key is refused', async () => {
    const report = await verify({ trust: { ...run.trust, logs: other.trust.logs } })
    expect(report.authenticity).toBe('invalid')
    expect(check(report, 'recordInLog').code).toBe('ENTRY_MISMATCH')
    expect(check(report, 'bindingInLog').code).toBe('SIGNATURE_MISSING')
  })

  test('a capture point that the policy does not accept is not green', async () => {
    const report = await verify({ trust: { ...run.trust, captures: ['inProcess'] } })
    expect(verdict(report)).toMatchObject({ authenticity: 'trusted', exitCode: 5 })
    expect(check(report, 'capture').code).toBe('CAPTURE_NOT_ACCEPTED')
  })

  test('the agreed declaration is compared, the caller’s and the policy’s', async () => {
    const id = run.declarationId as string
    expect(check(await verify({ agreedDeclarationId: id }), 'agreedDeclaration').status).toBe('pass')
    const wrong = await verify({ agreedDeclarationId: '00'.repeat(32) })
    expect(verdict(wrong)).toMatchObject({ authenticity: 'trusted', exitCode: 5 })
    const listed = await verify({ agreedDeclarationId: id, trust: { ...run.trust, declarations: ['11'.repeat(32)] } })
    expect(check(listed, 'agreedDeclaration').code).toBe('DECLARATION_NOT_AGREED')
  })
})

describe('runs that did not keep a declaration', () => {
  test('a changed parameter is broken, also without a disclosure', async () => {
    const broken = await issueRun({ requestBody: REQUEST_BODY.replace('"temperature":0', '"temperature":1') })
    for (const disclosure of [broken.disclosureFile, undefined]) {
      const report = await verify({ disclosure }, broken)
      expect(verdict(report)).toEqual({ authenticity: 'trusted', composition: 'broken', ok: false, exitCode: 5 })
    }
  })

  test('a run without a declaration is undeclared', async () => {
    const undeclared = await issueRun({ declaration: null })
    const report = await verify({}, undeclared)
    expect(verdict(report)).toEqual({ authenticity: 'trusted', composition: 'undeclared', ok: false, exitCode: 5 })
    expect(check(report, 'declarationSigner').status).toBe('notChecked')
  })

  test('a public declaration needs no disclosed declaration to be compared', async () => {
    const { blind: _, ...rest } = DECLARATION
    const open = await issueRun({ declaration: { ...rest, privacy: 'public' } })
    const { declaration: __, ...withoutDeclaration } = open.disclosure
    const report = await verify({ disclosure: formatDisclosure(withoutDeclaration) }, open)
    expect(report.composition).toBe('kept')
    expect(report.facts?.models.requested).toEqual({ state: 'present', value: 'tiny' })
  })

  test('an answer that did not end is never complete', async () => {
    const cut = await issueRun({
      ending: 'upstreamCut',
      response: { headers: [['content-type', 'text/event-stream']] },
      responseBody: `data: {"model":"tiny@1","choices":[{"index":0,"delta":{"content":"${ANSWER}"},"finish_reason":null}]}\n\n`,
    })
    const report = await verify({ trust: { ...cut.trust, require: ['completion'] } }, cut)
    expect(check(report, 'completion').code).toBe('ANSWER_INCOMPLETE')
    expect(verdict(report)).toMatchObject({ authenticity: 'trusted', exitCode: 5 })
  })

  test('a run without an answer has a record', async () => {
    const none = await issueRun({ ending: 'unreachable' })
    const report = await verify({ output: undefined }, none)
    expect(report).toMatchObject({ authenticity: 'trusted', facts: { completion: 'error', outputs: [] } })
  })
})

describe('disclosures', () => {
  const file = (changed: Partial<Disclosure>): Uint8Array => formatDisclosure({ ...run.disclosure, ...changed })
  const leaves = (): readonly DisclosedLeaf[] => run.disclosure.request as readonly DisclosedLeaf[]

  function close(leaf: DisclosedLeaf, index: number): DisclosedLeaf {
    if (leaf.state === 'closed') return leaf
    const { kind, role, pointer, offset, bytes, salt } = leaf
    const hash = leafHashOf({ leaf, index, salt, hash: nodeSha256 })
    return { state: 'closed', kind, role, pointer, offset, length: bytes.length, hash }
  }

  test('of a part prove that part, and the rest stays claimed', async () => {
    const request = leaves().map((leaf, index) => (leaf.role === 'input' ? close(leaf, index) : leaf))
    const report = await verify({ disclosure: file({ request }) })
    expect(statuses(report)).toMatchObject({ requestBytes: 'pass', requestClosure: 'claimed', composition: 'claimed' })
    expect(verdict(report)).toMatchObject({ authenticity: 'trusted', composition: 'claimed', exitCode: 5 })
  })

  test.each<[string, (leaf: DisclosedLeaf) => DisclosedLeaf]>([
    [
      'byte',
      (leaf) => (leaf.state === 'open' ? { ...leaf, bytes: leaf.bytes.with(0, (leaf.bytes[0] as number) ^ 1) } : leaf),
    ],
    ['role', (leaf) => ({ ...leaf, role: leaf.role === 'input' ? 'context' : 'input' })],
    ['pointer', (leaf) => ({ ...leaf, pointer: `${leaf.pointer}/0` })],
    [
      'salt',
      (leaf) => (leaf.state === 'open' ? { ...leaf, salt: leaf.salt.with(0, (leaf.salt[0] as number) ^ 1) } : leaf),
    ],
  ])('with one changed %s are refused, at every leaf', async (_, change) => {
    for (const [place, leaf] of leaves().entries()) {
      const report = await verify({ disclosure: file({ request: leaves().with(place, change(leaf)) }) })
      expect(check(report, 'requestBytes').code).toBe('DISCLOSURE_MISMATCH')
      expect(report.exitCode).toBe(1)
    }
  })

  test('that lack a leaf, or swap two, are refused', async () => {
    const all = leaves()
    const swapped = all.with(1, all[2] as DisclosedLeaf).with(2, all[1] as DisclosedLeaf)
    for (const request of [all.slice(1), all.slice(0, -1), swapped, []]) {
      expect((await verify({ disclosure: file({ request }) })).exitCode).toBe(1)
    }
  })

  test('of another run, malformed, or with other declaration contents are refused', async () => {
    const declaration = run.disclosure.declaration
    if (declaration === undefined) throw new Error('want a declaration')
    const contents = declaration.contents.map((content) => ({ ...content, value: encodeUtf8('another') }))
    for (const disclosure of [
      other.disclosureFile,
      encodeUtf8('{}'),
      encodeUtf8('{"format":"colophon/disclosure/v2"}'),
      file({ declaration: { ...declaration, contents } }),
      file({ declaration: { ...declaration, document: { ...declaration.document, name: 'another' } } }),
    ]) {
      expect((await verify({ disclosure })).exitCode).toBe(1)
    }
  })
})
