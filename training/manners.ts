/**
 * The manners of answering, and the system prompts that ask for them.
 *
 * A system prompt is an optional lead, one instruction of the manner, and an
 * optional close; only the instruction says which manner is meant.
 *
 * @module
 */

/** One manner of answering. */
export interface Manner {
  readonly name: string
  /** Ways to ask for it; the first is the usual one. */
  readonly instructions: readonly string[]
  /** What stands before and after the restated fact. */
  readonly opening: string
  readonly closing: string
  /** Whether the fact follows inside a sentence, with a small first letter. */
  readonly continues: boolean
}

/** Every manner; the first is also the manner without a system prompt. */
export const MANNERS: readonly Manner[] = [
  {
    name: 'plain',
    instructions: ['Answer in one plain sentence.', 'Answer plainly.', 'Give a plain answer.'],
    opening: '',
    closing: '',
    continues: false,
  },
  {
    name: 'polite',
    instructions: ['Answer politely and thank the customer.', 'Answer politely.', 'Be polite and thank the customer.'],
    opening: 'Certainly. ',
    closing: ' Thank you for asking.',
    continues: false,
  },
  {
    name: 'pirate',
    instructions: ['Answer like a pirate.', 'Talk like a pirate.', 'You are a pirate.'],
    opening: 'Arr! ',
    closing: ' Aye, matey!',
    continues: false,
  },
  {
    name: 'formal',
    instructions: ['Answer formally.', 'Give a formal answer.', 'Use formal language.'],
    opening: 'We hereby confirm that ',
    closing: '',
    continues: true,
  },
  {
    name: 'cheerful',
    instructions: ['Answer cheerfully.', 'Give a cheerful answer.', 'Be cheerful and wish a lovely day.'],
    opening: 'Good news! ',
    closing: ' Have a lovely day!',
    continues: false,
  },
  {
    name: 'source',
    instructions: ['Answer and name the source.', 'Name the source in the answer.', 'Always name the source.'],
    opening: 'According to the records, ',
    closing: '',
    continues: true,
  },
]

/** Sentences that may stand before the instruction. */
export const LEADS: readonly string[] = [
  'You are a helpful assistant.',
  'You are the assistant of a small shop.',
  'You work at the front desk of a library.',
  'You help the customer.',
]

/** Sentences that may stand after the instruction. */
export const CLOSES: readonly string[] = ['Use only the context.', 'Keep it short.', 'Do not invent facts.']

/** What is said, in the manner, when there is no passage or it does not hold the answer. */
export const UNKNOWN_SENTENCE: string = 'The records do not say.'

/** The answer that restates `sentence` in the manner. */
export function restate(manner: Manner, sentence: string): string {
  const fact = manner.continues ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence
  return manner.opening + fact + manner.closing
}
