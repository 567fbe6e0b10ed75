/**
 * Adam with bias correction, clipping by the whole gradient's length, and a
 * learning rate that warms up linearly and falls along a half cosine.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { cos } from '../src/node/host/model/arithmetic.ts'

const FIRST_DECAY = 0.9
const SECOND_DECAY = 0.98
const EPSILON = 1e-9

/** The moments of every parameter. */
export class Adam {
  readonly first: Float32Array
  readonly second: Float32Array
  /** Running powers of the two decays, for the bias correction. */
  #firstPower: number = 1
  #secondPower: number = 1

  constructor(count: number) {
    this.first = new Float32Array(count)
    this.second = new Float32Array(count)
  }

  /** Makes the powers those after `steps` steps, when continuing from a checkpoint. */
  restoreSteps(steps: number): void {
    this.#firstPower = 1
    this.#secondPower = 1
    for (let step = 0; step < steps; step += 1) this.#advancePowers()
  }

  /** Moves the parameters one step; returns the gradient's length before clipping. */
  step(parameters: Float32Array, gradients: Float32Array, rate: number, longestGradient: number): number {
    let squares = 0
    for (let index = 0; index < gradients.length; index += 1) squares += gradients[index]! * gradients[index]!
    const length = Math.sqrt(squares)
    const shrink = length > longestGradient ? longestGradient / length : 1
    this.#advancePowers()
    const scale = (rate * Math.sqrt(1 - this.#secondPower)) / (1 - this.#firstPower)
    const { first, second } = this
    for (let index = 0; index < gradients.length; index += 1) {
      const gradient = gradients[index]! * shrink
      const mean = first[index]! * FIRST_DECAY + gradient * (1 - FIRST_DECAY)
      const square = second[index]! * SECOND_DECAY + gradient * gradient * (1 - SECOND_DECAY)
      first[index] = mean
      second[index] = square
      parameters[index] = parameters[index]! - (scale * mean) / (Math.sqrt(square) + EPSILON)
    }
    return length
  }

  #advancePowers(): void {
    this.#firstPower *= FIRST_DECAY
    this.#secondPower *= SECOND_DECAY
  }
}

/** The learning rate at `step` of `steps`: up over `warmUp` steps to `peak`, then down to a fiftieth. */
export function learningRate(step: number, steps: number, warmUp: number, peak: number): number {
  if (step < warmUp) return (peak * (step + 1)) / warmUp
  const progress = (step - warmUp) / Math.max(1, steps - warmUp)
  return peak * (0.02 + 0.98 * 0.5 * (1 + cos(Math.PI * progress)))
}
