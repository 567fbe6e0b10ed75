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
    expect({ result, declaration, differences }).toEqual({
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
      { role: 'instructions', name: '0', in: 'declaration', left: undefined, right: undefined },
    ])
    expect(untold.map(({ role }) => role)).toContain('input')
  })

  test('does not take another blind for another content', async () => {
    const other = { declaration: { ...DECLARATION, blind: 'a5'.repeat(32) } }
    const shown = await diff({}, other)
    expect(shown).toMatchObject({ result: 'different', declaration: 'different', differences: [], untold: [] })
    const hidden = await diff(withoutDisclosure({}), withoutDisclosure(other))
    expect(hidden.differences).toEqual([])
    expect(hidden.untold.map(({ role, name }) => [role, name])).toContainEqual(['instructions', '0'])
  })

  test('finds what fills a slot, and names its part', async () => {
    const { declaration, differences } = await diff({}, { requestBody: REQUEST_BODY.replace('How much', 'What') })
    expect(declaration).toBe('same')
    expect(differences).toMatchObject([{ role: 'input', name: '0', in: 'request' }])
  })

  test('says what cannot be told from records alone', async () => {
    const { result, untold } = await diff(withoutDisclosure({}), withoutDisclosure({}))
    expect(result).toBe('unknown')
    expect(untold.map(({ role }) => role)).toEqual(['context', 'input'])
  })

  test('tells a number from the same text', async () => {
    const declaration = { ...DECLARATION, parameters: 'any' }
    const text = REQUEST_BODY.replace('"temperature":0', '"temperature":"0"')
    const { differences } = await diff({ declaration }, { declaration, requestBody: text })
    expect(differences).toMatchObject([{ role: 'parameters', name: 'temperature', left: '0', right: '0' }])
  })

  test('names a changed bound, an allowed name and a changed state as a whole role', async () => {
    const declaration = {
      ...DECLARATION,
      context: { slot: { maxBytes: 999 } },
      tools: 'any',
      parameters: { fixed: { temperature: 0 }, allow: ['stream'] },
    }
    const { differences } = await diff({}, { declaration })
    expect(differences).toEqual([
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
