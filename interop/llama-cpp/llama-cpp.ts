/**
 * llama.cpp, through the binary that node-llama-cpp ships: on the processor, in one thread, nothing built or fetched.
 *
 * @module
 */
import { getLlama, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp'
import type { Engine } from './engine.ts'

/** `exact` keeps keys and values in 32 bits, as this project's engine does; `usual` is what llama.cpp does by itself. */
export type CacheKind = 'exact' | 'usual'

export interface LlamaCpp {
  /** What llama.cpp says it read, by its own names: `n_layer` is `2`. */
  readonly facts: ReadonlyMap<string, string>
  readonly chatTemplate: string
  /** What llama.cpp's wrapper has to say against the file. */
  readonly warnings: readonly string[]
  /** The tokens of plain text, which never make a control token. */
  encodeText(text: string): readonly number[]
  /** The tokens of text in which the names of control tokens stand for them. */
  encodeMarkup(text: string): readonly number[]
  withEngine<T>(cache: CacheKind, use: (engine: Engine) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export async function openLlamaCpp(modelPath: string): Promise<LlamaCpp> {
  const facts = new Map<string, string>()
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: 1,
    logLevel: LlamaLogLevel.info,
    logger: (level, message) => {
      const [, key, value] = /^print_info: (.*?) += (.*?)\s*$/.exec(message) ?? []
      if (key !== undefined && value !== undefined) facts.set(key, value)
      else if (level === LlamaLogLevel.warn || level === LlamaLogLevel.error) console.log(`llama.cpp: ${message}`)
    },
  })
  const model = await llama.loadModel({ modelPath, gpuLayers: 0, useMmap: false, checkTensors: true })
  return {
    facts,
    chatTemplate: model.fileInfo.metadata.tokenizer.chat_template ?? '',
    warnings: model.getWarnings(),
    encodeText: (text) => model.tokenize(text, false),
    encodeMarkup: (text) => model.tokenize(text, true),
    withEngine: (cache, use) => withEngine(model, cache, use),
    close: () => llama.dispose(),
  }
}

async function withEngine<T>(model: LlamaModel, cache: CacheKind, use: (engine: Engine) => Promise<T>): Promise<T> {
  const exact = {
    flashAttention: false,
    experimentalKvCacheKeyType: 'F32',
    experimentalKvCacheValueType: 'F32',
  } as const
  const contextSize = model.trainContextSize
  const context = await model.createContext({ contextSize, threads: 1, ...(cache === 'exact' ? exact : {}) })
  const sequence = context.getSequence()
  try {
    return await use({
      answer: async (prompt, { maxTokens }) => {
        const tokens: Token[] = []
        const likelihoods: ReadonlyMap<number, number>[] = []
        await sequence.clearHistory()
        const choices = sequence.evaluateWithMetadata(
          prompt as Token[],
          { probabilities: true },
          { temperature: 0, yieldEogToken: true },
        )
        for await (const { token, probabilities } of choices) {
          tokens.push(token)
          likelihoods.push(probabilities)
          if (model.isEogToken(token) || tokens.length === maxTokens) break
        }
        return { tokens, likelihoods, text: model.detokenize(tokens, false) }
      },
    })
  } finally {
    await context.dispose()
  }
}
