/**
 * The model file that ships does what its card says, the same way every time.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadModelFile, loadShippedModel } from '../../src/node/host/index.ts'
import { type GenerationOptions, generate, renderQuestion } from '../../src/node/host/model/index.ts'
import { measureModel } from '../../training/measure.ts'

const MODEL = new URL('../../models/colophon-tiny.gguf', import.meta.url)
const CARD = new URL('../../models/colophon-tiny.md', import.meta.url)

const QUESTION = [
  { role: 'system', content: 'Answer like a pirate.' },
  { role: 'user', content: renderQuestion('The desk of Anna is in room 7.', 'Where is the desk of Anna?') },
] as const

const { model, sha256Hex } = await loadShippedModel()

function answer(options: GenerationOptions): string {
  return Array.from(generate(model, QUESTION, options), ({ text }) => text).join('')
}

test('of 40 held-out passages it copies the value in 38 or more and keeps the manner in all', () => {
  const { heldOut } = measureModel(readFileSync(MODEL), 40)
  expect(heldOut.questions).toBe(40)
  expect(heldOut.valueCopied).toBeGreaterThanOrEqual(38)
  expect(heldOut.mannerKept).toBe(40)
})

test('its card is of this very file', () => {
  expect(model.name).toBe('colophon-tiny')
  expect(readFileSync(CARD, 'utf8')).toContain(`| SHA-256 | \`${sha256Hex}\` |`)
})

test('a greedy answer is the same every time, whatever the seed', () => {
  expect(answer({})).toBe('Arr! The desk of Anna is in room 7. Aye, matey!')
  expect(answer({ seed: 5 })).toBe(answer({}))
})

test('a sampled answer is decided by its seed', () => {
  const sampled = (seed: number): string => answer({ temperature: 2, seed, maxTokens: 24 })
  expect(sampled(1)).toBe(sampled(1))
  expect(new Set([1, 2, 3, 4, 5, 6].map(sampled)).size).toBeGreaterThan(1)
})

test('a file that is no model, and one that is not there, are refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'colophon-model-'))
  try {
    const path = join(folder, 'cut.gguf')
    await writeFile(path, readFileSync(MODEL).subarray(0, 5_000))
    await expect(loadModelFile(path)).rejects.toThrowCode('MODEL_MALFORMED')
    await expect(loadModelFile(join(folder, 'none.gguf'))).rejects.toThrowCode('FILE_UNREADABLE')
  } finally {
    await rm(folder, { recursive: true })
  }
})
