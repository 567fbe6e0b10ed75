/**
 * The training loop without clock or files: the same plan gives the same bits.
 *
 * @module
 */

import { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { Adam, learningRate } from './adam.ts'
import { LONGEST_SEQUENCE, packBatch } from './batch.ts'
import { Network } from './network.ts'
import { drawExamples, shapeFor, type TrainingPlan } from './training-plan.ts'
import { buildVocabulary, type Vocabulary } from './vocabulary.ts'

/** A training in progress. */
export class Trainer {
  readonly plan: TrainingPlan
  readonly vocabulary: Vocabulary
  readonly network: Network
  readonly random: SeededRandom
  readonly adam: Adam
  /** Steps done. */
  step: number = 0

  constructor(plan: TrainingPlan) {
    this.plan = plan
    this.vocabulary = buildVocabulary()
    this.random = new SeededRandom(plan.seed)
    this.network = new Network(shapeFor(this.vocabulary), plan.examplesPerStep * LONGEST_SEQUENCE, LONGEST_SEQUENCE)
    this.network.initialize(this.random)
    this.adam = new Adam(this.network.parameters.length)
  }

  /** Learns from one batch; returns its mean loss in nats. */
  advance(): number {
    const { plan, network, step } = this
    const batch = packBatch(this.vocabulary, drawExamples(this.random, plan, step))
    const loss = network.learn(batch)
    const rate = learningRate(step, plan.steps, plan.warmUpSteps, plan.peakRate)
    this.adam.step(network.parameters, network.gradients, rate, plan.longestGradient)
    this.step += 1
    return loss
  }
}
