/**
 * The kinds of fact the corpus states: a sentence with slots, and its questions.
 *
 * `{value}` is what a question asks for; the other slots name the entity.
 * No frame begins with a slot, so a copied word is always the same token.
 *
 * @module
 */

import type { PoolName } from './word-pools.ts'

/** One kind of fact. */
export interface FactFrame {
  /** The relation's name, in the model card and in held-out keys. */
  readonly relation: string
  readonly sentence: string
  readonly questions: readonly string[]
  /** The pool that `{value}` is drawn from. */
  readonly value: PoolName
}

/** Every kind of fact. */
export const FACT_FRAMES: readonly FactFrame[] = [
  {
    relation: 'opening hour',
    sentence: 'The {venue} in {town} opens at {value}.',
    questions: ['When does the {venue} in {town} open?', 'At what hour does the {venue} in {town} open?'],
    value: 'hour',
  },
  {
    relation: 'closing hour',
    sentence: 'The {venue} in {town} closes at {value}.',
    questions: ['When does the {venue} in {town} close?', 'At what hour does the {venue} in {town} close?'],
    value: 'hour',
  },
  {
    relation: 'price',
    sentence: 'The {colour} {item} costs {value} euros.',
    questions: ['How much does the {colour} {item} cost?', 'What is the price of the {colour} {item}?'],
    value: 'number',
  },
  {
    relation: 'person',
    sentence: 'The {role} of the {venue} in {town} is {value}.',
    questions: ['Who is the {role} of the {venue} in {town}?'],
    value: 'name',
  },
  {
    relation: 'count',
    sentence: 'The {venue} in {town} has {value} {things}.',
    questions: [
      'How many {things} does the {venue} in {town} have?',
      'How many {things} are in the {venue} in {town}?',
    ],
    value: 'number',
  },
  {
    relation: 'room',
    sentence: 'The desk of {name} is in room {value}.',
    questions: ['Where is the desk of {name}?', 'In which room is the desk of {name}?'],
    value: 'number',
  },
  {
    relation: 'event day',
    sentence: 'The {event} in {town} is on {value}.',
    questions: ['When is the {event} in {town}?', 'On which day is the {event} in {town}?'],
    value: 'day',
  },
  {
    relation: 'door colour',
    sentence: 'The door of the {venue} in {town} is {value}.',
    questions: [
      'What colour is the door of the {venue} in {town}?',
      'Which colour does the door of the {venue} in {town} have?',
    ],
    value: 'colour',
  },
  {
    relation: 'customer',
    sentence: 'Order {number} is for {value}.',
    questions: ['Who is order {number} for?', 'For whom is order {number}?'],
    value: 'name',
  },
  {
    relation: 'arrival',
    sentence: 'Order {number} arrives on {value}.',
    questions: ['When does order {number} arrive?', 'On which day does order {number} arrive?'],
    value: 'day',
  },
  {
    relation: 'stock',
    sentence: 'The shop in {town} sells {value}.',
    questions: ['What does the shop in {town} sell?', 'What is sold in the shop in {town}?'],
    value: 'goods',
  },
  {
    relation: 'home',
    sentence: 'The house of {name} is in {value}.',
    questions: ['Where is the house of {name}?', 'In which town is the house of {name}?'],
    value: 'town',
  },
  {
    relation: 'shelf',
    sentence: 'The book about {topic} is on shelf {value}.',
    questions: ['Where is the book about {topic}?', 'On which shelf is the book about {topic}?'],
    value: 'number',
  },
  {
    relation: 'due day',
    sentence: 'The book about {topic} is due on {value}.',
    questions: ['When is the book about {topic} due?', 'On which day is the book about {topic} due?'],
    value: 'day',
  },
  {
    relation: 'returns',
    sentence: 'The shop in {town} accepts returns for {value} days.',
    questions: [
      'How long does the shop in {town} accept returns?',
      'For how many days does the shop in {town} accept returns?',
    ],
    value: 'number',
  },
  {
    relation: 'delivery',
    sentence: 'The delivery to {town} takes {value} days.',
    questions: ['How long does the delivery to {town} take?', 'How many days does the delivery to {town} take?'],
    value: 'number',
  },
  {
    relation: 'warranty',
    sentence: 'The warranty of the {colour} {item} lasts {value} months.',
    questions: [
      'How long does the warranty of the {colour} {item} last?',
      'How many months does the warranty of the {colour} {item} last?',
    ],
    value: 'number',
  },
  {
    relation: 'ticket price',
    sentence: 'The ticket for the {event} in {town} costs {value} euros.',
    questions: [
      'How much does the ticket for the {event} in {town} cost?',
      'What is the price of the ticket for the {event} in {town}?',
    ],
    value: 'number',
  },
]
