/**
 * The endless corpus: passages with facts, a question, a manner, an answer.
 *
 * Two kinds of combination are held out of training and met only when the
 * model is measured: an entity with a value (the library in Marlow with 9),
 * and, in the larger pools, a relation with a value (any price of 37). The
 * choice is a hash of the words, so it needs no list.
 *
 * One training example in six is scrambled: its slots take words of any pool
 * (the lamp in Tuesday opens at scarf). Such a fact can only be copied.
 *
 * @module
 */

import { type ChatMessage, renderQuestion } from '../src/node/host/model/chat-template.ts'
import type { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { FACT_FRAMES, type FactFrame } from './fact-frames.ts'
import { CLOSES, LEADS, MANNERS, type Manner, restate, UNKNOWN_SENTENCE } from './manners.ts'
import { POOLS, type PoolName } from './word-pools.ts'

const ALL_WORDS: readonly string[] = Object.values(POOLS).flat()

/** One fact with its slots filled. */
export interface Fact {
  readonly frame: FactFrame
  /** The sentence's slots except the value, joined; two facts of a passage differ here or in relation. */
  readonly entity: string
  readonly value: string
  readonly sentence: string
  readonly question: string
}

/** One thing to learn: the messages of a prompt and the wanted answer. */
export interface Example {
  /** `values`: only the words that stand in the slots `{value}` are learnt; the others cannot be foreseen. */
  readonly learn: 'answer' | 'values'
  readonly messages: readonly ChatMessage[]
  readonly answer: string
  readonly manner: Manner
  /** The fact asked for; undefined when the passage does not state it or there is none. */
  readonly fact: Fact | undefined
  /** All facts of the passage; of a recital in the order in which they are said again. */
  readonly facts: readonly Fact[]
}

/** What kind of example to make. */
export interface ExampleOptions {
  /** The number of facts in the passage. */
  readonly factCount: number
  /**
   * What is asked for: a fact as in training; a held-out fact; or a fact that
   * the passage does not state. `training` mixes the first with `absentShare`
   * of the last and with some questions that have no passage at all.
   */
  readonly askFor: 'training' | 'held-out' | 'absent'
  /** From 0, which is the default, to 1; for `training` only. */
  readonly absentShare?: number
}

/** Whether this entity with this value never occurs in training: one pair in eight. */
export function isHeldOutPair(entity: string, relation: string, value: string): boolean {
  return hashText(`${relation}|${entity}|${value}`) % 8 === 0
}

/** Whether this value never occurs in this relation in training: about one in ten, in pools above 15. */
export function isHeldOutValue(frame: FactFrame, value: string): boolean {
  return POOLS[frame.value].length > 15 && hashText(`${frame.relation}|${value}`) % 10 === 0
}

/** Makes one example from the random source alone. */
export function makeExample(random: SeededRandom, options: ExampleOptions): Example {
  const manner = random.pick(MANNERS)
  const system = makeSystemPrompt(random, manner)
  const isTraining = options.askFor === 'training'
  const scrambled = isTraining && random.nextBelow(6) === 0
  const asked = makeFact(random, { heldOut: options.askFor === 'held-out', scrambled })
  if (isTraining && random.nextBelow(40) === 0) {
    const messages = [...system, { role: 'user', content: `Question: ${asked.question}` } as const]
    const answer = restate(manner, UNKNOWN_SENTENCE)
    return { learn: 'answer', messages, answer, manner, fact: undefined, facts: [] }
  }
  const isAbsent = options.askFor === 'absent' || (isTraining && random.nextFraction() < (options.absentShare ?? 0))
  const { factCount } = options
  const sameKindShare = isTraining ? 0.5 : 0.25
  const facts = makePassage({ random, asked, isAbsent, factCount, scrambled, sameKindShare })
  const passage = facts.map((fact) => fact.sentence).join(' ')
  const messages = [...system, { role: 'user', content: renderQuestion(passage, asked.question) } as const]
  const fact = isAbsent ? undefined : asked
  const answer = restate(manner, fact?.sentence ?? UNKNOWN_SENTENCE)
  return { learn: 'answer', messages, answer, manner, fact, facts }
}

/** What may stand between the two words of a row. */
const ROW_FILLERS: readonly string[] = ['', ' is', ' is in', ' costs', ' is on', ' has', ' is on shelf', ' is in room']

/**
 * Facts of one kind, to be said again in another order: each value can be told only by its entity.
 *
 * An answer to one question teaches that once. Without these the model learns to copy a value of the right kind, and
 * never which of two (measured: half of them right after 18,000 steps). Half of them are rows, the plainest facts there
 * are: with sentences alone it is learnt much later.
 *
 * @param factCount sentences; of rows, which are short, there are two more
 */
export function makeRecital(random: SeededRandom, factCount: number): Example {
  const facts = random.nextBelow(2) === 0 ? makeRows(random, factCount + 2) : makeSentences(random, factCount)
  const content = `Context: ${facts.map(({ sentence }) => sentence).join(' ')}`
  const recited = shuffle(random, facts)
  return {
    learn: 'values',
    messages: [{ role: 'user', content }],
    answer: recited.map(({ sentence }) => sentence).join(' '),
    manner: MANNERS[0] as Manner,
    fact: undefined,
    facts: recited,
  }
}

/** Two words of any pool with something between that says nothing about either. */
function makeRows(random: SeededRandom, count: number): Fact[] {
  const filler = random.pick(ROW_FILLERS)
  const frame: FactFrame = { relation: 'row', sentence: `The {town}${filler} {value}.`, questions: [], value: 'town' }
  const facts: Fact[] = []
  while (facts.length < count) {
    const entity = random.pick(ALL_WORDS)
    const value = random.pick(ALL_WORDS)
    if (facts.some((other) => other.entity === entity)) continue
    facts.push({ frame, entity, value, sentence: `The ${entity}${filler} ${value}.`, question: '' })
  }
  return facts
}

function makeSentences(random: SeededRandom, count: number): Fact[] {
  const frame = random.pick(FACT_FRAMES)
  const scrambled = random.nextBelow(4) === 0
  const facts: Fact[] = []
  while (facts.length < count) {
    const fact = makeFact(random, { heldOut: false, scrambled, frame })
    if (facts.every((other) => isDistinct(fact, other))) facts.push(fact)
  }
  return facts
}

function shuffle<T>(random: SeededRandom, items: readonly T[]): T[] {
  const rest = [...items]
  const shuffled: T[] = []
  while (rest.length > 0) shuffled.push(...rest.splice(random.nextBelow(rest.length), 1))
  return shuffled
}

interface PassageOptions {
  readonly random: SeededRandom
  readonly asked: Fact
  readonly isAbsent: boolean
  readonly factCount: number
  readonly scrambled: boolean
  /** The share of other facts that are of the asked one's kind, beside those that happen to be. */
  readonly sameKindShare: number
}

/** The passage's facts in random order: the asked one, unless absent, and others, some of the same kind. */
function makePassage({ random, asked, isAbsent, factCount, scrambled, sameKindShare }: PassageOptions): Fact[] {
  const facts = [asked]
  while (facts.length < (isAbsent ? factCount + 1 : factCount)) {
    const isSameKind = random.nextFraction() < sameKindShare
    const other = makeFact(random, { heldOut: false, scrambled, frame: isSameKind ? asked.frame : undefined })
    if (facts.every((fact) => isDistinct(fact, other))) facts.push(other)
  }
  if (isAbsent) return facts.slice(1)
  const place = random.nextBelow(facts.length)
  facts[0] = facts[place] as Fact
  facts[place] = asked
  return facts
}

function makeSystemPrompt(random: SeededRandom, manner: Manner): ChatMessage[] {
  if (manner === MANNERS[0] && random.nextBelow(3) === 0) return []
  const parts: string[] = []
  if (random.nextBelow(4) === 0) parts.push(random.pick(LEADS))
  parts.push(random.pick(manner.instructions))
  if (random.nextBelow(4) === 0) parts.push(random.pick(CLOSES))
  return [{ role: 'system', content: parts.join(' ') }]
}

interface FactOptions {
  readonly heldOut: boolean
  readonly scrambled: boolean
  readonly frame?: FactFrame | undefined
}

function makeFact(random: SeededRandom, options: FactOptions): Fact {
  for (;;) {
    const fact = drawFact(random, options.frame ?? random.pick(FACT_FRAMES), options.scrambled)
    const heldOut =
      isHeldOutValue(fact.frame, fact.value) || isHeldOutPair(fact.entity, fact.frame.relation, fact.value)
    if (heldOut === options.heldOut) return fact
  }
}

function drawFact(random: SeededRandom, frame: FactFrame, scrambled: boolean): Fact {
  const draw = (pool: PoolName): string => random.pick(scrambled ? ALL_WORDS : POOLS[pool])
  const value = draw(frame.value)
  const slots = new Map<string, string>([['value', value]])
  const entity: string[] = []
  for (const [, slot] of frame.sentence.matchAll(/\{(\w+)\}/g)) {
    if (slot === undefined || slot === 'value') continue
    const word = draw(slot as PoolName)
    slots.set(slot, word)
    entity.push(word)
  }
  const fill = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (_, slot: string) => slots.get(slot) ?? slot)
  return {
    frame,
    entity: entity.join(' '),
    value,
    sentence: fill(frame.sentence),
    question: fill(random.pick(frame.questions)),
  }
}

/** Two facts of one passage must not answer the same question. */
function isDistinct(one: Fact, other: Fact): boolean {
  return one.frame.relation !== other.frame.relation || one.entity !== other.entity
}

/** FNV-1a over UTF-16 units, with a last mixing step. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
