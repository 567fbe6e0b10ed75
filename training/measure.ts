/**
 * Measures a model file on passages that training never saw.
 *
 * The file is read and run by the engine that ships, greedily. Each asked fact
 * is held out: its entity and value never stood together in training.
 *
 * @module
 */

import { generate, loadModel } from '../src/node/host/model/index.ts'
import { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { type Example, isHeldOutValue, makeExample } from './corpus.ts'
import { MANNERS, type Manner } from './manners.ts'

/** Counts over one set of questions. */
export interface Tally {
  readonly questions: number
  /** The value stands in its place in the answer. */
  readonly valueCopied: number
  /** The answer opens and closes in its manner, and ends by itself. */
  readonly mannerKept: number
  /** The answer is the wanted one to the last character. */
  readonly exact: number
}

/** The figures of the model card. */
export interface Measurement {
  /** Passages of one or two facts, the asked one held out. */
  readonly heldOut: Tally
  /** Those of them whose value never stood in that relation in training. */
  readonly heldOutValues: Tally
  /** Passages of three facts. */
  readonly threeFacts: Tally
  /** Questions that the passage does not answer. */
  readonly absent: Tally
  /** Wrong answers of the first set, for the reader of the log. */
  readonly mistakes: readonly string[]
}

/** The measuring seed; training draws from another sequence. */
const MEASURING_SEED = 7_001

/** Runs all sets. @param count questions in the main set. */
export function measureModel(bytes: Uint8Array, count: number): Measurement {
  const model = loadModel(bytes)
  const random = new SeededRandom(MEASURING_SEED)
  const answerTo = (example: Example): string => {
    let answer = ''
    let ended = false
    for (const step of generate(model, example.messages, { maxTokens: 48 })) {
      answer += step.text
      ended = step.finishReason === 'stop'
    }
    return ended ? answer : `${answer} [cut off]`
  }
  const main = new Counter()
  const values = new Counter()
  const mistakes: string[] = []
  for (let index = 0; index < count; index += 1) {
    const example = makeExample(random, { factCount: index % 4 === 0 ? 1 : 2, askFor: 'held-out' })
    const answer = answerTo(example)
    main.add(example, answer)
    if (example.fact !== undefined && isHeldOutValue(example.fact.frame, example.fact.value))
      values.add(example, answer)
    if (answer !== example.answer) mistakes.push(`wanted: ${example.answer} got: ${answer}`)
  }
  const threeFacts = new Counter()
  const absent = new Counter()
  for (let index = 0; index < count / 2; index += 1) {
    const three = makeExample(random, { factCount: 3, askFor: 'held-out' })
    threeFacts.add(three, answerTo(three))
    const unanswerable = makeExample(random, { factCount: 1 + (index % 2), askFor: 'absent' })
    absent.add(unanswerable, answerTo(unanswerable))
  }
  return {
    heldOut: main.tally,
    heldOutValues: values.tally,
    threeFacts: threeFacts.tally,
    absent: absent.tally,
    mistakes,
  }
}

/** A share such as `99.4 % (497 of 500)`. */
export function formatShare(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} % (${part} of ${whole})`
}

class Counter {
  #questions: number = 0
  #valueCopied: number = 0
  #mannerKept: number = 0
  #exact: number = 0

  add(example: Example, answer: string): void {
    this.#questions += 1
    if (copiesValue(example, answer)) this.#valueCopied += 1
    if (keepsManner(example.manner, answer)) this.#mannerKept += 1
    if (answer === example.answer) this.#exact += 1
  }

  get tally(): Tally {
    return {
      questions: this.#questions,
      valueCopied: this.#valueCopied,
      mannerKept: this.#mannerKept,
      exact: this.#exact,
    }
  }
}

/** Whether the value stands between the fixed words that surround it in its sentence. */
function copiesValue({ fact }: Example, answer: string): boolean {
  if (fact === undefined) return answer.includes('records do not say')
  const [before = '', after = ''] = fact.frame.sentence.split('{value}')
  const left = before.split('}').at(-1) ?? ''
  const right = after.split('{')[0] ?? ''
  return answer.includes(left + fact.value + right)
}

/** Whether the answer has the manner's opening and closing and no other manner's. */
function keepsManner(manner: Manner, answer: string): boolean {
  const fits = (other: Manner): boolean => answer.startsWith(other.opening) && answer.endsWith(other.closing || '.')
  return (
    fits(manner) &&
    MANNERS.every((other) => {
      return other === manner || other.opening === '' || !answer.startsWith(other.opening)
    })
  )
}
