/**
 * Trains the tiny model, measures it, and writes the model file and its card.
 *
 * Run as `npm run train -w @colophon/training`. A stopped training continues
 * from its checkpoint and ends with the same bits. `--export` skips training
 * and writes what the last checkpoint holds.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { restoreCheckpoint, saveCheckpoint } from './checkpoint.ts'
import { exportGguf } from './export-gguf.ts'
import { formatShare, measureModel } from './measure.ts'
import { writeModelCard } from './model-card.ts'
import { Trainer } from './trainer.ts'
import { MODEL_NAME, PLAN } from './training-plan.ts'

const REPORT_STEPS = 100
const CHECKPOINT_STEPS = 500
const MEASURED_QUESTIONS = 500

const directory = import.meta.dirname
const checkpointPath = join(directory, 'checkpoint.bin')
const trainer = new Trainer(PLAN)
const earlierSeconds = restoreCheckpoint(checkpointPath, trainer)
if (trainer.step > 0) console.log(`continuing after step ${trainer.step}`)

const started = performance.now()
const firstStep = trainer.step
const secondsSpent = (): number => earlierSeconds + (performance.now() - started) / 1000
const lastStep = process.argv.includes('--export') ? firstStep : PLAN.steps
let recentLoss = 0
while (trainer.step < lastStep) {
  const loss = trainer.advance()
  recentLoss = recentLoss === 0 ? loss : recentLoss * 0.98 + loss * 0.02
  if (trainer.step % REPORT_STEPS === 0) report()
  if (trainer.step % CHECKPOINT_STEPS === 0 || trainer.step === lastStep) {
    saveCheckpoint(checkpointPath, trainer, secondsSpent())
  }
}
finish()

/** Prints where the training stands. */
function report(): void {
  const perStep = (performance.now() - started) / 1000 / (trainer.step - firstStep)
  const minutesLeft = (perStep * (PLAN.steps - trainer.step)) / 60
  console.log(
    `step ${trainer.step} of ${PLAN.steps}, loss ${recentLoss.toFixed(5)}, ${minutesLeft.toFixed(1)} minutes left`,
  )
}

/** Measures and writes the model and its card. */
function finish(): void {
  const file = exportGguf(trainer.network, trainer.vocabulary)
  const measured = measureModel(file, MEASURED_QUESTIONS)
  for (const mistake of measured.mistakes) console.log(mistake)
  const { heldOut } = measured
  console.log(`value copied: ${formatShare(heldOut.valueCopied, heldOut.questions)}`)
  console.log(`manner kept: ${formatShare(heldOut.mannerKept, heldOut.questions)}`)
  const models = join(directory, '..', 'models')
  mkdirSync(models, { recursive: true })
  writeFileSync(join(models, `${MODEL_NAME}.gguf`), file)
  const facts = { trainer, file, seconds: secondsSpent(), lastLoss: recentLoss, nodeVersion: process.versions.node }
  writeFileSync(join(models, `${MODEL_NAME}.md`), writeModelCard(facts, measured))
}
