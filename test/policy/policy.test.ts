/**
 * Rules of a declaration, from the file to the stranger's verdict: a real gateway and store, an upstream that counts.
 */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parseBundle } from '../../src/core/bundle/index.ts'
import { resolveDeclaration } from '../../src/core/declaration/index.ts'
import { type Disclosure, formatDisclosure } from '../../src/core/disclosure/index.ts'
import { explainRun } from '../../src/core/explain/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import { parseRunStatement } from '../../src/core/run/index.ts'
import type { TrustPolicy } from '../../src/core/trust/index.ts'
import { type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { startHost } from '../../src/node/host/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { planRun, runOnce } from '../../src/node/run/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { wholeReply } from '../support/scripted-upstream.ts'
import { type RecordedRun, type TestGateway, testGateway } from '../support/test-gateway.ts'
import { untrainedModel } from '../support/untrained-model.ts'

const NO_SEARCH = { rule: "!tools.exists(t, t.type == 'web_search')", says: 'The model must not search the web.' }
const COOL = { rule: 'parameters.temperature <= 0.3', says: 'Temperature is 0.3 at most.' }
const SHORT = { rule: 'response.outputs.all(o, o.text.size() < 20)', says: 'The answer is short.' }

const declaration = (policy: unknown, more: object = {}) => ({
  name: 'rules',
  privacy: 'public',
  model: 'any',
  instructions: 'any',
  tools: 'any',
  context: 'any',
  history: 'any',
  input: 'any',
  parameters: 'any',
  outputFormat: 'any',
  policy,
  ...more,
})
const PRIVATE = { privacy: 'private', blind: '5a'.repeat(32) }
const ENFORCED = { mode: 'enforce', findings: 'reported', rules: { 'no-web-search': NO_SEARCH, cool: COOL } }

const body = (more: object = {}): string =>
  JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: 'Why?' }], temperature: 0, ...more })
const SEARCHING = body({ tools: [{ type: 'web_search' }] })

const answering = () => testGateway(() => wholeReply(completionText('Noon.')))

async function sendTo(setting: TestGateway, file: object, request: string) {
  const id = await setting.issuer.declare(file)
  const answer = await setting.post(request, { 'colophon-declaration': id })
  const text = await answer.text()
  return { answer, text, run: await setting.runOf(answer) }
}

function trustIn({ issuer }: TestGateway): TrustPolicy {
  const { signer, checkpointSigner } = issuer.issuer
  return {
    signers: [{ name: 'Shop', publicKey: signer.publicKey, keyId: signer.keyId, valid: 'always' }],
    logs: [verifierKeyOf(checkpointSigner)],
    witnesses: [],
    require: [],
    acceptClaimed: false,
    captures: ['gateway'],
    declarations: 'any',
  }
}

const verify = (setting: TestGateway, { row, disclosure }: RecordedRun, shown: Disclosure | null = disclosure) =>
  verifyRecord(
    {
      record: row.outcome?.bundle ?? new Uint8Array(0),
      disclosure: shown === null ? undefined : formatDisclosure(shown),
    },
    { trust: trustIn(setting), verifier: nodeVerifier, hash: nodeSha256 },
  )

const statusOf = ({ checks }: Report, id: string) => checks.find((check) => check.id === id)?.status
const results = (run: RecordedRun) => run.record.composition.policy?.rules.map(({ rule, result }) => [rule, result])

describe('enforced', () => {
  test.each([
    ['public', {}, 'no-web-search (violated): The model must not search the web.'],
    ['private', PRIVATE, 'no-web-search (violated).'],
  ])('a violation is refused, and the refusal is a record that verifies: %s', async (_, more, told) => {
    const setting = await answering()
    const { answer, text, run } = await sendTo(setting, declaration(ENFORCED, more), SEARCHING)
    expect(setting.upstream.requests).toEqual([])
    expect([answer.status, JSON.parse(text).error]).toMatchObject([403, { code: 'POLICY_REFUSED', param: null }])
    expect(text).toContain(told)
    expect(run.record).toMatchObject({
      outputs: [],
      outcome: { completion: 'refused', response: { state: 'none' } },
      composition: { result: 'broken', policy: { engine: { name: '@marcbachmann/cel-js' } } },
    })
    expect(results(run)).toEqual([
      ['cool', 'kept'],
      ['no-web-search', 'violated'],
    ])
    const report = await verify(setting, run)
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'broken', exitCode: 5 })
    expect(report.headline).toContain('REFUSED by its policy (violated: no-web-search); nothing was sent, says Shop.')
    expect(['composition', 'policy', 'models'].map((id) => statusOf(report, id))).toEqual(['pass', 'pass', 'pass'])
    expect(setting.lines.join('\n')).toContain(`run ${run.row.runId} refused POLICY_REFUSED`)
  })

  test('what keeps the rules goes on, and is kept', async () => {
    const setting = await answering()
    const { text, run } = await sendTo(setting, declaration(ENFORCED), body())
    expect([text, setting.upstream.requests.length]).toEqual([completionText('Noon.'), 1])
    expect(await verify(setting, run)).toMatchObject({ authenticity: 'trusted', composition: 'kept', exitCode: 0 })
  })

  test('a rule that has no result is refused', async () => {
    const setting = await answering()
    const { text, run } = await sendTo(setting, declaration(ENFORCED), body({ temperature: undefined }))
    expect(setting.upstream.requests).toEqual([])
    expect(text).toContain('cool (could not be evaluated)')
    const report = await verify(setting, run)
    expect(report.headline).toContain('REFUSED by its policy (could not be evaluated: cool)')
    expect(statusOf(report, 'policy')).toBe('pass')
  })

  test.each([
    ['strict', 0, 'refused'],
    ['reported', 1, 'complete'],
  ])('a request that is not what was declared, findings %s', async (findings, sent, completion) => {
    const setting = await answering()
    const file = declaration({ ...ENFORCED, findings }, { tools: 'absent' })
    const other = body({ tools: [{ type: 'function', function: { name: 'f' } }] })
    const { run } = await sendTo(setting, file, other)
    expect([setting.upstream.requests.length, run.record.outcome.completion]).toEqual([sent, completion])
    expect(await verify(setting, run)).toMatchObject({ authenticity: 'trusted', composition: 'broken', exitCode: 5 })
  })

  test('a rule about the answer prevents nothing, and is recorded', async () => {
    const setting = await answering()
    const long = testGateway(() => wholeReply(completionText('Noon, or a little later than that.')))
    const file = declaration({ ...ENFORCED, rules: { short: SHORT } })
    const kept = await sendTo(setting, file, body())
    const broken = await sendTo(await long, file, body())
    expect([results(kept.run), results(broken.run)]).toEqual([[['short', 'kept']], [['short', 'violated']]])
    expect(broken.text).toContain('a little later')
    expect(await verify(await long, broken.run)).toMatchObject({ authenticity: 'trusted', composition: 'broken' })
  })

  test('in front of the model host', async () => {
    const host = await startHost({ model: untrainedModel(), sha256Hex: '01'.repeat(32), modelName: 'tiny', port: 0 })
    try {
      const setting = await testGateway(() => 'destroy' as never, { upstream: host.url })
      const content = 'Context: The desk of Anna is in room 7.\nQuestion: Where is the desk of Anna?'
      const message = { messages: [{ role: 'user', content }], max_tokens: 2, model: 'tiny' }
      const { answer, run } = await sendTo(setting, declaration(ENFORCED), body(message))
      expect([answer.status, results(run)]).toEqual([
        200,
        [
          ['cool', 'kept'],
          ['no-web-search', 'kept'],
        ],
      ])
      const refused = await sendTo(setting, declaration(ENFORCED), body({ ...message, temperature: 1 }))
      expect([refused.answer.status, refused.run.record.outcome.completion]).toEqual([403, 'refused'])
    } finally {
      await host.close()
    }
  })

  test('in process too', async () => {
    const setting = await answering()
    const file = declaration(ENFORCED, { parameters: { fixed: { temperature: 1 } } })
    const source = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => new Uint8Array(0))
    const values = { input: 'Why?', passages: [], model: 'tiny', stream: false }
    const plan = planRun(source, values, { tellsPassages: true })
    const { issuer } = setting.issuer
    const run = runOnce({ issuer, plan, upstream: setting.upstream.url, apiKey: undefined })
    await expect(run).rejects.toThrowCode('POLICY_REFUSED')
    expect(setting.upstream.requests).toEqual([])
    expect((await setting.lastRun()).record.outcome.completion).toBe('refused')
  })
})

describe('observed', () => {
  test('a violation goes on, and the record says so', async () => {
    const setting = await answering()
    const file = declaration({ mode: 'observe', rules: { 'no-web-search': NO_SEARCH } })
    const { answer, run } = await sendTo(setting, file, SEARCHING)
    expect([answer.status, setting.upstream.requests.length]).toEqual([200, 1])
    expect(results(run)).toEqual([['no-web-search', 'violated']])
    expect(run.record.composition.findings.at(-1)).toEqual({ role: 'policy', finding: 'mismatch' })
    const report = await verify(setting, run)
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'broken', exitCode: 5 })
    expect(report.facts?.policy?.rules).toEqual([
      { rule: 'no-web-search', result: 'violated', says: NO_SEARCH.says, needs: [] },
    ])
  })
})

describe('the verifier', () => {
  const runOf = async (more: object = {}) => {
    const setting = await answering()
    const rules = { ...ENFORCED.rules, short: SHORT, local: { rule: "endpoint != ''", says: 'There is an endpoint.' } }
    const { run } = await sendTo(setting, declaration({ ...ENFORCED, rules }, more), body())
    return { setting, run }
  }
  const needsIn = ({ facts }: Report) =>
    Object.fromEntries(facts?.policy?.rules.map(({ rule, needs }) => [rule, needs]) ?? [])

  test('says of each rule what it takes, and does not take the issuer’s word for it', async () => {
    const { setting, run } = await runOf(PRIVATE)
    const nothing = await verify(setting, run, null)
    expect([statusOf(nothing, 'policy'), nothing.composition]).toEqual(['notChecked', 'claimed'])
    const { request: _, response: __, ...declared } = run.disclosure
    const contents = await verify(setting, run, declared)
    expect(needsIn(contents)).toEqual({
      cool: ['request parameters'],
      local: [],
      'no-web-search': ['request tools'],
      short: ['response'],
    })
    expect(contents.checks.find(({ id }) => id === 'policy')).toMatchObject({
      status: 'notChecked',
      reason: expect.stringContaining('no-web-search (request tools)'),
    })
    const all = await verify(setting, run)
    expect([statusOf(all, 'policy'), all.composition]).toEqual(['pass', 'kept'])
  })

  test('a closed span is as good as a request that is not shown', async () => {
    const { setting, run } = await runOf()
    const request = (run.disclosure.request ?? []).map((leaf) => {
      if (leaf.state === 'closed' || leaf.pointer !== '/messages/0/content') return leaf
      const { kind, role, pointer, offset, bytes } = leaf
      return { state: 'closed' as const, kind, role, pointer, offset, length: bytes.length, hash: nodeSha256(bytes) }
    })
    const report = await verify(setting, run, { ...run.disclosure, request })
    expect(statusOf(report, 'policy')).not.toBe('pass')
  })

  test('explains each rule with its sentence', async () => {
    const { setting, run } = await runOf()
    const report = await verify(setting, run)
    const explained = explainRun({ report, disclosure: run.disclosure })
    const composition = explained.sections.find(({ id }) => id === 'composition')
    expect(composition?.items).toContainEqual({ name: 'rule no-web-search', text: `kept: ${NO_SEARCH.says}` })
  })
})

test('the contents of a private declaration’s rules are in no record and no log', async () => {
  const setting = await answering()
  const { run } = await sendTo(setting, declaration(ENFORCED, PRIVATE), SEARCHING)
  const bundle = run.row.outcome?.bundle ?? new Uint8Array(0)
  const { envelope } = parseBundle(bundle)
  const record = parseRunStatement(envelope.payload)
  const { declaration: declared } = record
  if (declared.state !== 'declared') throw new Error('no declaration')
  const text = [envelope.payload, record.binding.envelope.payload, declared.envelope.payload].map(String).join()
  const readable = Buffer.concat([envelope.payload, declared.envelope.payload]).toString('latin1')
  for (const rule of [NO_SEARCH, COOL]) {
    const value = canonicalize(rule)
    expect(readable).not.toContain(rule.says)
    expect(readable).not.toContain(createHash('sha256').update(value).digest('hex'))
  }
  expect(text.length).toBeGreaterThan(0)
})

test('what is posted to a gateway is no rule unless it is one', async () => {
  const setting = await testGateway(() => wholeReply(''), { token: 'x' })
  const posted = (rule: string) => {
    const value = canonicalize({ rule, says: COOL.says })
    const file = declaration({ mode: 'observe', rules: { cool: COOL } })
    const source = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => new Uint8Array(0))
    const digests = [canonicalize(COOL), value].map((bytes) => createHash('sha256').update(bytes).digest('hex'))
    const document = JSON.stringify(source.declaration).replace(digests[0] ?? '', digests[1] ?? '')
    const contents = source.contents.map(({ role, name, encoding, value: own }) => ({
      ...{ role, name, encoding, value: Buffer.from(name === 'cool' ? value : own).toString() },
    }))
    const body = Buffer.from(canonicalize({ contents, declaration: parseJson(Buffer.from(document)) }))
    const headers = { 'content-type': 'application/json', 'colophon-token': 'x' }
    return fetch(`${setting.gateway.url}/declarations`, { method: 'POST', headers, body })
  }
  expect((await posted('selfContained')).status).toBe(201)
  const refused = await posted('selfContained ==')
  expect([refused.status, (await refused.json()).code]).toEqual([400, 'DECLARATION_RULE_REFUSED'])
})
