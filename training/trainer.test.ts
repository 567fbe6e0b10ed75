/**
 * Training is the same bits everywhere, and the engine computes what it trained.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadModel } from '../src/node/host/model/model.ts'
import { TransformerRun } from '../src/node/host/model/transformer.ts'
import { packBatch } from './batch.ts'
import { restoreCheckpoint, saveCheckpoint } from './checkpoint.ts'
import { exportGguf } from './export-gguf.ts'
import { paddedRows } from './network-shape.ts'
import { Trainer } from './trainer.ts'
import { drawExamples, PLAN, type TrainingPlan } from './training-plan.ts'

const SHORT_PLAN: TrainingPlan = { ...PLAN, steps: 4, examplesPerStep: 8, warmUpSteps: 2 }
const SHORT_PLAN_HASH = 'cb7f2a1fc7a6fede8152a2c24498d602e43528e0221250cb11297dcc5f985efc'

function hashOf(trainer: Trainer): string {
  return createHash('sha256').update(new Uint8Array(trainer.network.parameters.slice().buffer)).digest('hex')
}

function train(trainer: Trainer, lastStep: number): Trainer {
  while (trainer.step < lastStep) trainer.advance()
  return trainer
}

test('a few steps end in the committed weights', () => {
  expect(hashOf(train(new Trainer(SHORT_PLAN), 4))).toBe(SHORT_PLAN_HASH)
})

test('a training that was stopped ends in the same weights', () => {
  const path = join(tmpdir(), `colophon-checkpoint-${process.pid}.bin`)
  try {
    saveCheckpoint(path, train(new Trainer(SHORT_PLAN), 2), 7)
    const continued = new Trainer(SHORT_PLAN)
    expect(restoreCheckpoint(path, continued)).toBe(7)
    expect(hashOf(train(continued, 4))).toBe(SHORT_PLAN_HASH)
    expect(restoreCheckpoint(path, new Trainer({ ...SHORT_PLAN, seed: 1 }))).toBe(0)
  } finally {
    rmSync(path, { force: true })
  }
})

test('the engine gives the logits of the network', () => {
  const trainer = train(new Trainer(SHORT_PLAN), 3)
  const { network, vocabulary } = trainer
  const model = loadModel(exportGguf(network, vocabulary))
  const batch = packBatch(vocabulary, drawExamples(trainer.random, { ...SHORT_PLAN, examplesPerStep: 1 }, 3))
  const columns = paddedRows(network.shape)
  const expected = network.logits(batch)
  const run = new TransformerRun(model, model.contextLength)
  let largest = 0
  batch.tokens.forEach((token, row) => {
    run.accept(vocabulary.usedIds[token] ?? -1)
    const logits = run.logits()
    vocabulary.usedIds.forEach((id, column) => {
      largest = Math.max(largest, Math.abs((logits[id] ?? NaN) - (expected[row * columns + column] ?? NaN)))
    })
  })
  expect(largest).toBeLessThan(1e-4)
})
