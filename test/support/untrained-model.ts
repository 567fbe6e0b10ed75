/**
 * A model of the shipped model's kind and vocabulary with random weights: it says nothing sensible, quickly.
 *
 * @module
 */
import { loadModel, type Model } from '../../src/node/host/model/index.ts'
import { SeededRandom } from '../../src/node/host/model/seeded-random.ts'
import { exportGguf } from '../../training/export-gguf.ts'
import { Network } from '../../training/network.ts'
import { buildVocabulary } from '../../training/vocabulary.ts'

/** @param contextLength  room for messages and answer, in tokens */
export function untrainedModel({ contextLength = 256 }: { readonly contextLength?: number } = {}): Model {
  const vocabulary = buildVocabulary()
  const used = vocabulary.usedIds.length
  const sizes = { width: 16, layers: 1, heads: 2, hidden: 16, ropeBase: 10_000, normEpsilon: 1e-5 }
  const shape = { trainedRows: used, zeroRows: vocabulary.tokenizer.size - used, ...sizes }
  const network = new Network(shape, 8, 8)
  network.initialize(new SeededRandom(1))
  const model = loadModel(exportGguf(network, vocabulary))
  return { ...model, contextLength, shape: { ...model.shape, contextLength } }
}
