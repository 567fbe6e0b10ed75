import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import type { DisclosedLeaf, Disclosure } from '../../src/core/disclosure/index.ts'
import { disclosedRequest, explainRun, type Section, type SectionId } from '../../src/core/explain/index.ts'
import { leafHashOf } from '../../src/core/spans/index.ts'
import { nodeSha256 } from '../../src/node/keys/index.ts'
import { DECLARATION, REQUEST_BODY, RESPONSE_BODY } from '../support/issued-run.ts'
import { type VerifiedOptions, verifiedRun } from '../support/verified-run.ts'

type Sections = Readonly<Record<SectionId, Section>>

async function explain(options: VerifiedOptions = {}): Promise<Sections> {
  const { report, disclosure } = await verifiedRun(options)
  const { sections } = explainRun({ report, disclosure })
  expect(sections.map(({ id }) => id)).toEqual(['instructions', 'context', 'tools', 'model', 'composition'])
  return Object.fromEntries(sections.map((section) => [section.id, section])) as unknown as Sections
}

/** Closes the leaves of the request that a role names. */
const closing =
  (closedRole: string) =>
  (disclosure: Disclosure): Disclosure => ({
    ...disclosure,
    request: (disclosure.request ?? []).map((leaf, index): DisclosedLeaf => {
      if (leaf.state === 'closed' || leaf.role !== closedRole) return leaf
      const { bytes, salt, state: _, ...label } = leaf
      const hash = leafHashOf({ leaf: { ...label, bytes }, index, salt, hash: nodeSha256 })
      return { state: 'closed', ...label, length: bytes.length, hash }
    }),
  })

const ANY = Object.fromEntries(
  ['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat'].map((role) => [
    role,
    'any',
  ]),
)

const USER = 'Context: The lamp costs 5 euros. Question: How much?'
const PASSAGE = 'The lamp costs 5 euros.'
const cut = { pointer: '/messages/1/content', start: 9, end: 9 + PASSAGE.length, label: 'prices.txt' }

describe('explainRun', () => {
  test('tells the whole composition from a full disclosure', async () => {
    const sections = await explain({ request: { cutList: [cut] } })
    expect(sections.instructions).toMatchObject({
      standing: 'proven',
      items: [{ name: '0', text: 'Answer politely.', at: '/messages/0/content' }],
    })
    expect(sections.context).toMatchObject({ standing: 'proven', items: [{ name: 'prices.txt', text: PASSAGE }] })
    expect(sections.tools).toMatchObject({ standing: 'proven', items: [] })
    expect(sections.model).toMatchObject({ standing: 'claimed', proven: expect.stringContaining('recomputed') })
    expect(sections.model.items.map(({ text }) => text)).toEqual(['tiny', 'tiny', 'tiny@1'])
    expect(sections.composition).toMatchObject({ standing: 'proven', items: [] })
  })

  test('names several passages of one string in their order', async () => {
    const first = { ...cut, end: 17, label: 'a' }
    const second = { ...cut, start: 18, label: 'b' }
    const { context } = await explain({ request: { cutList: [first, second] } })
    expect(context.items.map(({ name, text }) => [name, text])).toEqual([
      ['a', 'The lamp'],
      ['b', 'costs 5 euros.'],
    ])
  })

  test('shows tools with their definitions, and what was not declared', async () => {
    const tool = { type: 'function', function: { name: 'refund', parameters: {} } }
    const requestBody = REQUEST_BODY.replace(',"temperature"', `,"tools":[${JSON.stringify(tool)}],"temperature"`)
    const sections = await explain({ requestBody })
    expect(sections.tools).toMatchObject({ standing: 'proven', items: [{ name: 'refund' }] })
    expect(sections.tools.answer).toContain('NOT as declared')
    expect(sections.composition.answer).toContain('NO')
    expect(sections.composition.items).toMatchObject([{ name: 'tools refund' }])
  })

  test('reads the model of a stream', async () => {
    const chunk = (delta: object, finish: string | null) =>
      `data: ${JSON.stringify({ model: 'tiny@2', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    const responseBody = `${chunk({ content: 'Hi' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`
    const headers = [['content-type', 'text/event-stream']] as const
    const { model } = await explain({ responseBody, response: { headers } })
    expect(model.items[2]).toEqual({ name: 'responded', text: 'tiny@2' })
  })

  test('says so where another model answers, or another was asked for', async () => {
    const answered = await explain({ responseBody: RESPONSE_BODY.replace('tiny@1', 'huge') })
    expect(answered.model.answer).toContain('ANOTHER name')
    const asked = await explain({ requestBody: REQUEST_BODY.replace('"tiny"', '"huge"') })
    expect(asked.model.answer).toContain('ANOTHER model')
  })

  test('without a disclosure shows no text and leaves everything to the issuer', async () => {
    const sections = await explain({ disclose: () => undefined })
    expect(Object.values(sections).map(({ standing }) => standing)).toEqual(Array(5).fill('claimed'))
    expect(JSON.stringify(sections)).not.toContain('politely')
    expect(JSON.stringify(sections)).not.toContain('lamp')
  })

  test('with a part closed proves the bytes that are open, and not that there is no more', async () => {
    const sections = await explain({ disclose: closing('input') })
    expect(sections.instructions).toMatchObject({ standing: 'claimed', items: [{ text: 'Answer politely.' }] })
    expect(sections.instructions.notProven).toContain('closed')
    expect(JSON.stringify(sections)).not.toContain(USER)
  })

  test('without trust says which key it is and that it is not one that is trusted', async () => {
    const { instructions } = await explain({ untrusted: true })
    expect(instructions.standing).toBe('proven')
    expect(instructions.proven).toContain('not one that you trust for this')
  })

  test.each([
    ['declared as it is', DECLARATION],
    ['declared as any', { ...DECLARATION, context: 'any' }],
    ['not declared', null],
  ])('says why context that the server keeps cannot be told: %s', async (_, declaration) => {
    const requestBody = REQUEST_BODY.replace(',"temperature"', ',"web_search_options":{},"temperature"')
    const { context } = await explain({ requestBody, declaration })
    expect(context).toMatchObject({ standing: 'unknown', answer: expect.stringContaining('web_search_options') })
    const undisclosed = await explain({ requestBody, declaration, disclose: () => undefined })
    expect(undisclosed.context.standing).toBe('unknown')
    expect(undisclosed.context.answer).toContain('The issuer says that it cannot be told')
  })

  test.each([
    ['declared as any', { ...DECLARATION, ...ANY }],
    ['not declared', null],
  ])('says of a request that no dialect reads that nothing of it can be told: %s', async (_, declaration) => {
    const request = { path: '/v1/other' }
    const { instructions, context, tools, model } = await explain({ request, declaration })
    for (const { standing, answer } of [instructions, context, tools]) {
      expect({ standing, answer }).toEqual({
        standing: 'unknown',
        answer: 'It cannot be told from the request (opaque: no dialect reads this API).',
      })
    }
    expect(model.items.slice(1).map(({ text }) => text)).toEqual(Array(2).fill('(cannot be told: no dialect reads it)'))
  })

  test('says that an answer that cannot be read may name a model', async () => {
    const { model } = await explain({ responseBody: '<html>' })
    expect(model.answer).toContain('Whether the answer names one cannot be told.')
    const { model: nameless } = await explain({ responseBody: RESPONSE_BODY.replace('"model":"tiny@1",', '') })
    expect(nameless.answer).toContain('names no model')
  })

  test.each([
    ['a custom tool', '"tools":[{"type":"custom","custom":{"name":"a"}}]', 'tools a'],
    ['a tool of both kinds', '"tools":[{"function":{"name":"a"},"custom":{"name":"b"}}]', 'tools a'],
    ['a tool without a name', '"tools":[{}]', 'tools /tools/0'],
    ['a search', '"web_search_options":{}', 'tools web_search_options'],
    ['a key that could be a pointer', '"/model":1', 'parameters /~1model'],
    ['a key that could be a header', '"header openai-beta":1', 'parameters /header openai-beta'],
    ['a name beside a message', '"messages":[{"role":"system","name":"x"}]', 'instructions /messages/0/name'],
  ])('names parts as findings do: %s', async (_, member, name) => {
    const requestBody = `{"model":"tiny",${member}}`
    const { composition } = await explain({ requestBody })
    expect(composition.items.map((item) => item.name)).toContain(name)
    const { report, disclosure } = await verifiedRun({ requestBody })
    const parts = disclosedRequest({ report, disclosure })?.parts.map((part) => `${part.role} ${part.name}`)
    expect(parts).toContain(name)
  })

  test('says that a run without declaration had no policy', async () => {
    const sections = await explain({ declaration: null })
    expect(sections.composition.standing).toBe('unknown')
    expect(sections.instructions.answer).toContain('no declaration')
  })

  test('repeats nothing of an invalid record, nor of the disclosure beside it', async () => {
    const sections = await explain({ output: encodeUtf8('something else') })
    expect(Object.values(sections).map(({ standing }) => standing)).toEqual(Array(5).fill('unknown'))
    expect(JSON.stringify(sections)).not.toContain('politely')
  })

  test('shows nothing of a disclosure that does not meet the record', async () => {
    const sections = await explain({
      disclose: (whole) => ({
        ...whole,
        request: (whole.request ?? []).map((leaf) =>
          leaf.state === 'open' && leaf.role === 'instructions'
            ? { ...leaf, bytes: encodeUtf8('"Be rude!!!!!!!!!"') }
            : leaf,
        ),
      }),
    })
    expect(JSON.stringify(sections)).not.toContain('rude')
  })

  test('knows members that the dialect does not, by name', async () => {
    const requestBody = REQUEST_BODY.replace('}],"temperature":0}', '}],"temperature":0,"magic":{"a":1}}')
    const { composition } = await explain({ requestBody })
    expect(composition.items).toMatchObject([{ name: 'parameters magic' }])
  })

  test('compares nothing without declaring: the model is what the request says', async () => {
    const { model } = await explain({ declaration: { ...DECLARATION, model: 'any' } })
    expect(model.answer).toContain('names no model')
  })
})

test('passages that the application named and the request does not hold are named in the answer about context', async () => {
  const whole = 'The lamp costs 5 euros, and stands in the hall, by the door of the house.'
  const content = `Context: ${whole.slice(0, 40)} Question: How much?`
  const { context } = await explain({
    declaration: null,
    requestBody: JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content }] }),
    request: {
      passages: [
        { label: 'lamps.md', text: whole },
        { label: 'chairs.md', text: 'The chair costs 9 euros.' },
      ],
    },
  })
  expect(context.answer).toContain('lamps.md (truncated at 40 of 73 bytes), chairs.md (missing)')
})
