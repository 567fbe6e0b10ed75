import { describe, expect, test } from 'vitest'
import { diffRuns, type RunDiff } from '../../src/core/diff/index.ts'
import { DECLARATION, REQUEST_BODY } from '../support/issued-run.ts'
import { type VerifiedOptions, verifiedRun } from '../support/verified-run.ts'

async function diff(left: VerifiedOptions, right: VerifiedOptions): Promise<RunDiff> {
  return diffRuns({ left: await verifiedRun(left), right: await verifiedRun(right) })
}

const RUDE: VerifiedOptions = {
  declaration: { ...DECLARATION, instructions: { fixed: 'Be rude.' } },
  requestBody: REQUEST_BODY.replace('Answer politely.', 'Be rude.'),
}
const withoutDisclosure = (options: VerifiedOptions): VerifiedOptions => ({ ...options, disclose: () => undefined })

describe('diffRuns', () => {
  test('finds two runs of one declaration with the same request to be the same', async () => {
    expect(await diff({}, {})).toEqual({
      result: 'same',
      declaration: 'same',
      head: [],
      differences: [],
      untold: [],
      outputs: 'same',
    })
  })

  test('names the component that changed, from disclosures', async () => {
    const { result, declaration, differences } = await diff({}, RUDE)
    expect({ result, declaration, differences }).toMatchObject({
      result: 'different',
      declaration: 'different',
      differences: [
        { role: 'instructions', name: '0', in: 'declaration', left: 'Answer politely.', right: 'Be rude.' },
      ],
    })
  })

  test('names the component that changed from records alone, where the blind is kept', async () => {
    const { result, differences, untold } = await diff(withoutDisclosure({}), withoutDisclosure(RUDE))
    expect(result).toBe('different')
    expect(differences).toEqual([
      {
        ...{ role: 'instructions', name: '0', in: 'declaration' },
        ...{ left: undefined, right: undefined, detail: undefined },
        needs: [
          { side: 'left', open: 'declaration:instructions' },
          { side: 'right', open: 'declaration:instructions' },
        ],
      },
    ])
    expect(untold.map(({ role }) => role)).toContain('input')
  })

  test('does not take another blind for another content', async () => {
    const other = { declaration: { ...DECLARATION, blind: 'a5'.repeat(32) } }
    const shown = await diff({}, other)
    expect(shown).toMatchObject({ result: 'different', declaration: 'different', differences: [], untold: [] })
    const hidden = await diff(withoutDisclosure({}), withoutDisclosure(other))
    expect(hidden.differences).toEqual([])
    expect(hidden.untold).toContainEqual({
      ...{ role: 'instructions', name: '0', reason: expect.any(String) },
      needs: [
        { side: 'left', open: 'declaration:instructions' },
        { side: 'right', open: 'declaration:instructions' },
      ],
    })
  })

  describe('of a public and a private declaration', () => {
    const { blind: _, ...file } = DECLARATION
    const open = (instructions: string): VerifiedOptions => ({
      declaration: { ...file, privacy: 'public', instructions: { fixed: instructions } },
      requestBody: REQUEST_BODY.replace('Answer politely.', instructions),
    })
    const closed = withoutDisclosure(open('Answer politely.'))

    test('tells nothing of fixed contents by their digests, and whose contents would tell', async () => {
      const { differences, untold } = await diff(withoutDisclosure({}), closed)
      expect(differences).toEqual([])
      expect(untold).toContainEqual({
        ...{ role: 'instructions', name: '0', reason: expect.any(String) },
        needs: [{ side: 'left', open: 'declaration:instructions' }],
      })
    })

    test('the contents of the private one tell, though the public one discloses nothing', async () => {
      const same = await diff({}, closed)
      expect([...same.differences, ...same.untold].map(({ role }) => role)).not.toContain('instructions')
      const other = await diff({}, withoutDisclosure(open('Be rude.')))
      expect(other.differences).toMatchObject([
        {
          role: 'instructions',
          name: '0',
          in: 'declaration',
          left: 'Answer politely.',
          right: undefined,
          needs: [{ side: 'right', open: 'declaration:instructions' }],
        },
      ])
    })
  })

  test('finds what fills a slot, and names its part', async () => {
    const { declaration, differences } = await diff({}, { requestBody: REQUEST_BODY.replace('How much', 'What') })
    expect(declaration).toBe('same')
    expect(differences).toMatchObject([{ role: 'input', name: '0', in: 'request' }])
  })

  test('says what cannot be told from records alone, and what would tell', async () => {
    const { result, untold } = await diff(withoutDisclosure({}), {})
    expect(result).toBe('unknown')
    expect(untold.map(({ role, needs }) => [role, needs])).toEqual([
      ['context', [{ side: 'left', open: 'request' }]],
      ['input', [{ side: 'left', open: 'request' }]],
    ])
  })

  test('goes down to the words', async () => {
    const polite = { requestBody: REQUEST_BODY.replace('Answer politely.', 'Answer every question politely.') }
    const terse = { requestBody: REQUEST_BODY.replace('Answer politely.', 'Answer every question tersely.') }
    const { differences } = await diff({ declaration: null, ...polite }, { declaration: null, ...terse })
    expect(differences).toMatchObject([
      {
        ...{ role: 'instructions', in: 'request', left: 'Answer every question politely.' },
        detail: {
          kind: 'text',
          level: 'words',
          pieces: [
            { kind: 'same', text: 'Answer every question ' },
            { kind: 'removed', text: 'politely' },
            { kind: 'added', text: 'tersely' },
            { kind: 'same', text: '.' },
          ],
        },
      },
    ])
  })

  test('goes down to the members of a tool, whatever their order', async () => {
    const tool = (description: string, more: string): VerifiedOptions => ({
      declaration: null,
      requestBody: REQUEST_BODY.replace(
        '"temperature"',
        `"tools":[{"name":"a",${more}"description":"${description}"}],"temperature"`,
      ),
    })
    const { differences } = await diff(tool('Finds a lamp.', '"strict":true,'), tool('Finds one lamp.', ''))
    expect(differences).toMatchObject([
      {
        ...{ role: 'tools', name: 'a', in: 'request' },
        detail: {
          kind: 'members',
          members: [
            { at: '/description', left: '"Finds a lamp."', right: '"Finds one lamp."', text: { level: 'words' } },
            { at: '/strict', left: 'true', right: undefined, text: undefined },
          ],
        },
      },
    ])
  })

  test('tells a number from the same text', async () => {
    const declaration = { ...DECLARATION, parameters: 'any' }
    const text = REQUEST_BODY.replace('"temperature":0', '"temperature":"0"')
    const { differences } = await diff({ declaration }, { declaration, requestBody: text })
    expect(differences).toMatchObject([
      {
        ...{ role: 'parameters', name: 'temperature', left: '0', right: '0' },
        detail: { kind: 'encodings', left: 'json', right: 'text' },
      },
    ])
  })

  test('names a changed bound, an allowed name and a changed state as a whole role', async () => {
    const declaration = {
      ...DECLARATION,
      context: { slot: { maxBytes: 999 } },
      tools: 'any',
      parameters: { fixed: { temperature: 0 }, allow: ['stream'] },
    }
    const { differences } = await diff({}, { declaration })
    expect(differences).toMatchObject([
      { role: 'tools', name: undefined, in: 'declaration', left: 'absent', right: 'any' },
      {
        role: 'context',
        name: undefined,
        in: 'declaration',
        left: 'slot {"maxBytes":1000}',
        right: 'slot {"maxBytes":999}',
      },
      { role: 'parameters', name: undefined, in: 'declaration', left: 'fixed', right: 'fixed {"allow":["stream"]}' },
    ])
  })

  test('tells another name of a declaration apart from another component', async () => {
    const { result, head, differences } = await diff({}, { declaration: { ...DECLARATION, name: 'other' } })
    expect({ result, head, differences }).toEqual({
      result: 'different',
      head: [{ member: 'name', left: 'shop-assistant', right: 'other' }],
      differences: [],
    })
  })

  test('compares runs of which one or none was declared', async () => {
    expect(await diff({}, { declaration: null })).toMatchObject({ result: 'different', declaration: 'one' })
    expect(await diff({ declaration: null }, { declaration: null })).toMatchObject({
      result: 'same',
      declaration: 'neither',
    })
  })

  test('refuses a record that is invalid', async () => {
    const invalid = { output: new Uint8Array(1) }
    await expect(diff({}, invalid)).rejects.toThrow(TypeError)
  })
})
