import { expect, test } from 'vitest'
import { ColophonError } from '../../core/errors.ts'
import { Findings, MAX_FINDINGS } from './findings.ts'

test('keeps a thousand of each kind, and counts the others', () => {
  const findings = new Findings()
  for (let i = 0; i < MAX_FINDINGS + 5; i++) {
    findings.problem('ENTRY_MISSING', `entry ${i}`, 'x'.repeat(1_000))
    findings.notice('ENTRY_UNCLAIMED', `entry ${i}`)
  }
  expect(findings).toMatchObject({ problemCount: MAX_FINDINGS + 5, noticeCount: MAX_FINDINGS + 5 })
  expect(findings.problems).toHaveLength(MAX_FINDINGS)
  expect(findings.notices).toHaveLength(MAX_FINDINGS)
  expect(findings.problems[0]?.message.length).toBeLessThan(400)
})

test('whatever a part throws is a problem; what is none of ours is not quoted', async () => {
  const findings = new Findings()
  const failing = async (error: unknown): Promise<unknown> =>
    findings.attempt('UNREADABLE', 'row 1', () => {
      throw error
    })
  expect(await failing(new ColophonError('JSON_MALFORMED', 'not JSON', { at: 'byte 7' }))).toBeUndefined()
  await failing(new TypeError('a prompt, say'))
  await failing('a prompt, say')
  expect(findings.problems.map(({ message }) => message)).toEqual([
    'not JSON (byte 7)',
    'it has not the form that it should have (TypeError)',
    'it cannot be read',
  ])
  expect(await findings.attempt('UNREADABLE', 'row 2', () => 5)).toBe(5)
})
