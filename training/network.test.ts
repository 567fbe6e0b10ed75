/**
 * The gradient agrees with finite differences, on a tiny network.
 *
 * @module
 */
import { expect, test } from 'vitest'
import { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { MatrixMemory } from './matrix-kernel.ts'
import { Network } from './network.ts'
import { listTensors, type TensorPlace } from './network-shape.ts'

const SHAPE = {
  trainedRows: 13,
  zeroRows: 20,
  width: 16,
  layers: 2,
  heads: 2,
  hidden: 24,
  ropeBase: 10_000,
  normEpsilon: 1e-5,
}

function makeNetwork(): { network: Network; random: SeededRandom } {
  const network = new Network(SHAPE, 32, 16)
  const random = new SeededRandom(3)
  network.initialize(random)
  for (const place of listTensors(network.places)) {
    for (let index = place.start; index < place.start + place.rows * place.columns; index += 1) {
      const value = network.parameters[index] ?? 0
      if (place.rows === 1) network.parameters[index] = 0.7 + 0.6 * random.nextFraction()
      if (place.name === 'embedding') network.parameters[index] = value * 5
    }
  }
  return { network, random }
}

test('every tensor has the gradient that finite differences show', () => {
  const { network, random } = makeNetwork()
  const batch = {
    tokens: Int32Array.from({ length: 24 }, () => random.nextBelow(SHAPE.trainedRows)),
    targets: Int32Array.from({ length: 24 }, (_, row) => (row % 3 === 0 ? -1 : random.nextBelow(SHAPE.trainedRows))),
    lengths: [16, 8],
  }
  network.learn(batch)
  const gradients = Float32Array.from(network.gradients)
  const lossWith = (index: number, value: number): number => {
    const before = network.parameters[index] ?? 0
    network.parameters[index] = value
    const loss = network.learn(batch)
    network.parameters[index] = before
    return loss
  }
  const trainedFloats = ({ name, rows, columns }: TensorPlace): number =>
    name === 'embedding' ? SHAPE.trainedRows * columns : rows * columns
  for (const place of listTensors(network.places)) {
    for (let round = 0; round < 10; round += 1) {
      const index = place.start + random.nextBelow(trainedFloats(place))
      const value = network.parameters[index] ?? 0
      const slope = (lossWith(index, value + 0.01) - lossWith(index, value - 0.01)) / 0.02
      const error = Math.abs(slope - (gradients[index] ?? NaN)) / (Math.abs(slope) + 0.01)
      expect(error, place.name).toBeLessThan(0.01)
    }
  }
})

test('a sequence does not see its neighbours in the batch', () => {
  const { network } = makeNetwork()
  const tokens = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const targets = new Int32Array(8).fill(-1)
  const alone = Float32Array.from(network.logits({ tokens, targets, lengths: [8] }))
  const both = network.logits({
    tokens: Int32Array.of(9, 9, 9, 9, 9, 9, 9, 9, ...tokens),
    targets: new Int32Array(16).fill(-1),
    lengths: [8, 8],
  })
  expect(both.subarray(both.length / 2)).toEqual(alone)
})

test('the matrix kernel multiplies, also a transposed left factor', () => {
  const memory = new MatrixMemory(65_536)
  const left = memory.allocate(8 * 5)
  const right = memory.allocate(5 * 16)
  const result = memory.allocate(8 * 16)
  for (let index = 0; index < left.length; index += 1) left[index] = (index % 7) - 3
  for (let index = 0; index < right.length; index += 1) right[index] = (index % 5) - 2
  memory.multiply(
    { data: left, rowStride: 1, columnStride: 8 },
    { data: right, rowStride: 16 },
    { data: result, rowStride: 16 },
    8,
    16,
    5,
    false,
  )
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 16; column += 1) {
      let sum = 0
      for (let depth = 0; depth < 5; depth += 1) sum += (left[depth * 8 + row] ?? 0) * (right[depth * 16 + column] ?? 0)
      expect(result[row * 16 + column]).toBe(sum)
    }
  }
  expect(() =>
    memory.multiply(
      { data: left, rowStride: 5 },
      { data: right, rowStride: 16 },
      { data: result, rowStride: 16 },
      3,
      16,
      5,
      false,
    ),
  ).toThrow(RangeError)
})
