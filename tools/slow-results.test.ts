import { expect, test } from 'vitest'
import { listFiles, readText } from './project.ts'
import { SLOW_RESULTS } from './slow-results.ts'

test('the page of slow tests has each file of them, and no other', () => {
  const named = [...readText(SLOW_RESULTS).matchAll(/^## (.*)$/gm)].map(([, file]) => file)
  expect(named).toEqual(listFiles('.', { ending: '.slow.test.ts' }))
})
