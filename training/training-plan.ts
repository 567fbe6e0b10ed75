/**
 * The numbers that decide the training; together with the code they decide every bit of the model.
 *
 * @module
 */

import type { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { type Example, makeExample, makeRecital } from './corpus.ts'
import type { NetworkShape } from './network-shape.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How long and how fast to learn. */
export interface TrainingPlan {
  readonly seed: number
  readonly steps: number
  readonly examplesPerStep: number
  readonly warmUpSteps: number
  readonly peakRate: number
  /** A longer gradient is shortened to this. */
  readonly longestGradient: number
  /** The share of the steps after which passages have their full mix of facts. */
  readonly curriculumShare: number
  /** The share of recitals among the examples: at first, and from half of the steps on. */
  readonly recitalShares: readonly [number, number]
  /** Sentences in a recital of sentences. */
  readonly recitalFacts: number
  /** The share of the steps after which some questions are not answered by their passage. */
  readonly absentFrom: number
  /** The share of such questions from then on. */
  readonly absentShare: number
}

/** The plan of the shipped model. */
export const PLAN: TrainingPlan = {
  seed: 20_260_714,
  steps: 18_000,
  examplesPerStep: 32,
  warmUpSteps: 200,
  peakRate: 0.004,
  longestGradient: 1,
  curriculumShare: 0.1,
  recitalShares: [0.6, 0.15],
  recitalFacts: 5,
  absentFrom: 0.4,
  absentShare: 0.06,
}

/** The name in the file's metadata. */
export const MODEL_NAME = 'colophon-tiny'

/** Most tokens of prompt and answer together, as the file states it. */
export const CONTEXT_LENGTH = 256

/** The network's sizes for a vocabulary. */
export function shapeFor(vocabulary: Vocabulary): NetworkShape {
  return {
    trainedRows: vocabulary.usedIds.length,
    zeroRows: vocabulary.tokenizer.size - vocabulary.usedIds.length,
    width: 64,
    layers: 2,
    heads: 2,
    hidden: 128,
    ropeBase: 100_000,
    normEpsilon: 1e-5,
  }
}

/** The examples of one step: one fact at first, then more and more often two, at times three; later some unanswerable. */
export function drawExamples(random: SeededRandom, plan: TrainingPlan, step: number): Example[] {
  const progress = step / (plan.steps * plan.curriculumShare)
  const severalShare = 0.85 * Math.min(1, Math.max(0, 2 * progress - 1))
  const absentShare = step >= plan.steps * plan.absentFrom ? plan.absentShare : 0
  const recitalShare = plan.recitalShares[step < plan.steps / 2 ? 0 : 1]
  return Array.from({ length: plan.examplesPerStep }, () => {
    if (random.nextFraction() < recitalShare) return makeRecital(random, plan.recitalFacts)
    const several = random.nextFraction() < severalShare
    const factCount = several ? (random.nextBelow(8) === 0 ? 3 : 2) : 1
    return makeExample(random, { factCount, askFor: 'training', absentShare })
  })
}
