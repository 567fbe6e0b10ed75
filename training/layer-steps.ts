/**
 * The element-wise steps of the network and their derivatives.
 *
 * RMS norm, rotary positions (interleaved pairs), SwiGLU, and the softmax
 * cross-entropy at the end. Rows are tokens. Every gradient array is added to
 * or overwritten as its comment says.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { cos, exp, log, pow, sin } from '../src/node/host/model/arithmetic.ts'

/** normed = x / rms(x) * gain, per row; `inverse` keeps 1 / rms for the way back. */
export function normForward(
  x: Float32Array,
  gain: Float32Array,
  normed: Float32Array,
  inverse: Float32Array,
  rows: number,
  width: number,
  epsilon: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const start = row * width
    let squares = 0
    for (let index = start; index < start + width; index += 1) squares += x[index]! * x[index]!
    const scale = 1 / Math.sqrt(squares / width + epsilon)
    inverse[row] = scale
    for (let index = 0; index < width; index += 1) normed[start + index] = x[start + index]! * scale * gain[index]!
  }
}

/** Adds to `gradX` and to `gradGain`. */
export function normBackward(
  x: Float32Array,
  gain: Float32Array,
  inverse: Float32Array,
  gradNormed: Float32Array,
  gradX: Float32Array,
  gradGain: Float32Array,
  rows: number,
  width: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const start = row * width
    const scale = inverse[row]!
    let dot = 0
    for (let index = 0; index < width; index += 1) {
      const product = gradNormed[start + index]! * x[start + index]!
      dot += product * gain[index]!
      gradGain[index] = gradGain[index]! + product * scale
    }
    const pull = (dot * scale * scale * scale) / width
    for (let index = 0; index < width; index += 1) {
      gradX[start + index] =
        gradX[start + index]! + gradNormed[start + index]! * gain[index]! * scale - x[start + index]! * pull
    }
  }
}

/** The cosines and sines of each position and pair: index position * pairs + pair. */
export interface RotaryTable {
  readonly cosines: Float32Array
  readonly sines: Float32Array
}

/** Angles position * base^(-2 pair / headWidth). */
export function makeRotaryTable(positions: number, headWidth: number, base: number): RotaryTable {
  const pairs = headWidth / 2
  const cosines = new Float32Array(positions * pairs)
  const sines = new Float32Array(positions * pairs)
  for (let pair = 0; pair < pairs; pair += 1) {
    const frequency = pow(base, (-2 * pair) / headWidth)
    for (let position = 0; position < positions; position += 1) {
      cosines[position * pairs + pair] = cos(position * frequency)
      sines[position * pairs + pair] = sin(position * frequency)
    }
  }
  return { cosines, sines }
}

/** Turns the pairs of one row of heads in place; `direction` is 1, or -1 for the way back. */
export function rotateRow(
  data: Float32Array,
  start: number,
  width: number,
  headWidth: number,
  position: number,
  table: RotaryTable,
  direction: number,
): void {
  const pairs = headWidth / 2
  for (let head = start; head < start + width; head += headWidth) {
    for (let pair = 0; pair < pairs; pair += 1) {
      const cosine = table.cosines[position * pairs + pair]!
      const sine = table.sines[position * pairs + pair]! * direction
      const even = data[head + 2 * pair]!
      const odd = data[head + 2 * pair + 1]!
      data[head + 2 * pair] = even * cosine - odd * sine
      data[head + 2 * pair + 1] = even * sine + odd * cosine
    }
  }
}

/** active = silu(gate) * up; `sigmoid` is kept for the way back. */
export function gateForward(
  gate: Float32Array,
  up: Float32Array,
  sigmoid: Float32Array,
  active: Float32Array,
  count: number,
): void {
  for (let index = 0; index < count; index += 1) {
    const share = 1 / (1 + exp(-gate[index]!))
    sigmoid[index] = share
    active[index] = gate[index]! * share * up[index]!
  }
}

/** Overwrites `gradGate` and `gradUp`. */
export function gateBackward(
  gate: Float32Array,
  up: Float32Array,
  sigmoid: Float32Array,
  gradActive: Float32Array,
  gradGate: Float32Array,
  gradUp: Float32Array,
  count: number,
): void {
  for (let index = 0; index < count; index += 1) {
    const share = sigmoid[index]!
    const input = gate[index]!
    const grad = gradActive[index]!
    gradUp[index] = grad * input * share
    gradGate[index] = grad * up[index]! * share * (1 + input * (1 - share))
  }
}

/**
 * Turns logits into their gradients in place and returns the summed loss.
 * Beside the `columns` logits there are `zeroLogits` more, all exactly 0.
 */
export function softmaxLoss(
  logits: Float32Array,
  targets: Int32Array,
  rows: number,
  columns: number,
  zeroLogits: number,
  scale: number,
): number {
  let loss = 0
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns
    let largest = 0
    for (let index = start; index < start + columns; index += 1) if (logits[index]! > largest) largest = logits[index]!
    const target = start + targets[row]!
    const wanted = logits[target]! - largest
    let sum = zeroLogits * exp(-largest)
    for (let index = start; index < start + columns; index += 1) {
      const share = exp(logits[index]! - largest)
      logits[index] = share
      sum += share
    }
    loss += log(sum) - wanted
    const factor = scale / sum
    for (let index = start; index < start + columns; index += 1) logits[index] = logits[index]! * factor
    logits[target] = logits[target]! - scale
  }
  return loss
}
