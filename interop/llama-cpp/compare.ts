/**
 * Runs the shipped model in llama.cpp and in this project's engine, and compares what they read, cut and answer.
 *
 * The last line alone is `N passed, N failed`.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Template } from '@huggingface/jinja'
import { CONTROL_TOKENS, END_TOKEN, encodeChat, JINJA_TEMPLATE } from '../../src/node/host/model/chat-template.ts'
import { type ChatMessage, generate, loadModel, renderChat } from '../../src/node/host/model/index.ts'
import type { Answer, Engine } from './engine.ts'
import { openLlamaCpp } from './llama-cpp.ts'
import { ownEngine } from './own-engine.ts'
import { PROMPTS } from './prompts.ts'

/** Most tokens of an answer: a real one has about 20, babble has no end. */
const MAX_TOKENS = 64

/** Most that a likelihood may differ where both keep 32 bits: sums are made in another order. */
const LIKELIHOOD_TOLERANCE = 0.001

/** The planes of Unicode in which characters are assigned, private use left out. */
const PLANES = [0, 1, 2, 3, 14]

const path = fileURLToPath(new URL('../../models/colophon-tiny.gguf', import.meta.url))
const model = loadModel(readFileSync(path))
const own = ownEngine(model)
const llamaCpp = await openLlamaCpp(path)
let passed = 0
let failed = 0

report('the model as llama.cpp reads it', modelProblems())
report('the chat template is in the file', llamaCpp.chatTemplate === JINJA_TEMPLATE ? [] : [llamaCpp.chatTemplate])
report('llama.cpp warns of nothing', llamaCpp.warnings)
report('tokens of every Unicode character', alphabetProblems())
await comparePrompts()
await llamaCpp.close()
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function modelProblems(): string[] {
  const { shape, tokenizer } = model
  const facts: Readonly<Record<string, string>> = {
    arch: 'llama',
    'general.name': model.name,
    'file type': 'all F32',
    'model params': `${(model.parameterCount / 1000).toFixed(2)} K`,
    n_layer: `${model.layers.length}`,
    n_embd: `${shape.width}`,
    n_head: `${shape.heads}`,
    n_head_kv: `${shape.keyValueHeads}`,
    n_rot: `${shape.width / shape.heads}`,
    n_ff: `${shape.hidden}`,
    n_ctx_train: `${shape.contextLength}`,
    n_vocab: `${tokenizer.size}`,
    freq_base_train: shape.ropeBase.toFixed(1),
    'EOG token': `${tokenizer.controlId(END_TOKEN)} '${END_TOKEN}'`,
  }
  return Object.entries(facts)
    .filter(([key, value]) => llamaCpp.facts.get(key) !== value)
    .map(([key, value]) => `${key} is ${llamaCpp.facts.get(key)} there and ${value} here`)
}

/** Each character after a letter, after a space and before a digit, 128 characters in a text. */
function alphabetProblems(): string[] {
  const problems: string[] = []
  for (const plane of PLANES) {
    for (let start = plane * 0x10000; start < (plane + 1) * 0x10000; start += 128) {
      const codes = Array.from({ length: 128 }, (_, index) => start + index)
      const text = codes
        .filter((code) => code < 0xd800 || code > 0xdfff)
        .map((code) => `a${String.fromCodePoint(code)} ${String.fromCodePoint(code)}1`)
        .join('  ')
      if (!sameTokens(llamaCpp.encodeText(text), own.encodeText(text))) problems.push(`U+${start.toString(16)} and on`)
    }
  }
  return problems
}

/** One test for each prompt: its text, its tokens, and the answers with either cache. */
async function comparePrompts(): Promise<void> {
  const exact = await llamaCpp.withEngine('exact', answerAll)
  const usual = await llamaCpp.withEngine('usual', answerAll)
  const ours = await answerAll(own)
  let [largestExact, largestUsual] = [0, 0]
  for (const [index, { name, messages }] of PROMPTS.entries()) {
    const [want, gotExact, gotUsual] = [answerAt(ours, index), answerAt(exact, index), answerAt(usual, index)]
    largestExact = Math.max(largestExact, likelihoodDifference(want, gotExact))
    largestUsual = Math.max(largestUsual, likelihoodDifference(want, gotUsual))
    const served = Array.from(generate(model, messages, answerOptions(messages)), ({ text }) => text).join('')
    report(`${name} → ${JSON.stringify(want.text)}`, [
      ...promptProblems(messages),
      ...answerProblems(want, gotExact),
      ...answerProblems(want, gotUsual).map((problem) => `with the 16-bit cache: ${problem}`),
      ...(served === want.text ? [] : [`the host would answer ${JSON.stringify(served)}`]),
    ])
  }
  report(
    `likelihoods differ by at most ${largestExact.toFixed(6)}, with llama.cpp's 16-bit cache ${largestUsual.toFixed(6)}`,
    largestExact <= LIKELIHOOD_TOLERANCE ? [] : [`allowed at 32 bits: ${LIKELIHOOD_TOLERANCE}`],
  )
}

/** Every prompt's answer, in the order of the prompts. */
async function answerAll(engine: Engine): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const { messages } of PROMPTS) {
    answers.push(await engine.answer(encodeChat(model.tokenizer, messages), answerOptions(messages)))
  }
  return answers
}

function answerOptions(messages: readonly ChatMessage[]): { readonly maxTokens: number } {
  return { maxTokens: Math.min(MAX_TOKENS, model.contextLength - encodeChat(model.tokenizer, messages).length) }
}

/**
 * The prompt's text by the file's own template, and its tokens by llama.cpp's tokenizer.
 *
 * A message that spells a control token is where the two differ on purpose: this project encodes each content as plain
 * text, llama.cpp takes the whole prompt as markup. There, and only there, the tokens of the whole must differ.
 */
function promptProblems(messages: readonly ChatMessage[]): string[] {
  const tokens = encodeChat(model.tokenizer, messages)
  const text = renderChat(messages)
  const rendered = new Template(llamaCpp.chatTemplate).render({ messages: [...messages], add_generation_prompt: true })
  const parts = messages.flatMap(({ role, content }) => [
    ...llamaCpp.encodeMarkup(`<|${role}|>`),
    ...llamaCpp.encodeText(content),
    ...llamaCpp.encodeMarkup(END_TOKEN),
  ])
  const spelt = messages.some(({ content }) => CONTROL_TOKENS.some((name) => content.includes(name)))
  return [
    ...(rendered === text ? [] : [`the file's template gives ${JSON.stringify(rendered)}`]),
    ...(sameTokens([...parts, ...llamaCpp.encodeMarkup('<|assistant|>')], tokens)
      ? []
      : ['tokens of the parts differ']),
    ...(sameTokens(llamaCpp.encodeMarkup(text), tokens) === !spelt
      ? []
      : [`tokens of the whole ${spelt ? '' : 'do not '}agree`]),
  ]
}

/** The first differing choice with what each engine thought of both tokens, and any difference of the text. */
function answerProblems(want: Answer, got: Answer): string[] {
  if (sameTokens(want.tokens, got.tokens)) {
    return want.text === got.text ? [] : [`llama.cpp's text is ${JSON.stringify(got.text)}`]
  }
  const place = [...want.tokens, -1].findIndex((token, index) => got.tokens[index] !== token)
  return [want.tokens[place], got.tokens[place]].map((token = -1) => {
    const [here, there] = [want, got].map(({ likelihoods }) => likelihoods[place]?.get(token))
    return `choice ${place + 1}, token ${token}: likelihood ${here} here, ${there} in llama.cpp`
  })
}

/** The largest difference over all choices, up to where the answers part. */
function likelihoodDifference(want: Answer, got: Answer): number {
  let largest = 0
  for (const [place, ours] of want.likelihoods.entries()) {
    for (const [token, theirs] of got.likelihoods[place] ?? []) {
      largest = Math.max(largest, Math.abs(theirs - (ours.get(token) ?? 0)))
    }
    if (want.tokens[place] !== got.tokens[place]) break
  }
  return largest
}

function answerAt(answers: readonly Answer[], index: number): Answer {
  const answer = answers[index]
  if (answer === undefined) throw new RangeError(`no answer ${index}`)
  return answer
}

function sameTokens(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index])
}

function report(name: string, problems: readonly string[]): void {
  if (problems.length === 0) passed += 1
  else failed += 1
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name}`)
  for (const problem of problems) console.log(`    ${problem}`)
}
