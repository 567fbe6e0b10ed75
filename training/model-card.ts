/**
 * Writes the model card from the measured figures. Nothing in it is typed by hand.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { renderQuestion } from '../src/node/host/model/index.ts'
import { LONGEST_SEQUENCE } from './batch.ts'
import { FACT_FRAMES } from './fact-frames.ts'
import { CLOSES, LEADS, MANNERS, restate, UNKNOWN_SENTENCE } from './manners.ts'
import { formatShare, type Measurement, type Tally } from './measure.ts'
import { countParameters } from './network-shape.ts'
import type { Trainer } from './trainer.ts'
import { CONTEXT_LENGTH, MODEL_NAME } from './training-plan.ts'
import { POOLS } from './word-pools.ts'

/** What the card tells beside the measured figures. */
export interface CardFacts {
  readonly trainer: Trainer
  readonly file: Uint8Array
  /** Wall-clock training time in seconds. */
  readonly seconds: number
  readonly lastLoss: number
  readonly nodeVersion: string
}

/** The card in Markdown. */
export function writeModelCard(facts: CardFacts, measured: Measurement): string {
  const { trainer, file } = facts
  const { plan, network, vocabulary } = trainer
  const { shape } = network
  const hash = createHash('sha256').update(file).digest('hex')
  const number = (value: number): string => value.toLocaleString('en-US')
  const row = (name: string, tally: Tally): string =>
    `| ${name} | ${formatShare(tally.valueCopied, tally.questions)} | ${formatShare(tally.mannerKept, tally.questions)} | ${formatShare(tally.exact, tally.questions)} |`
  const example = 'The library in Marlow opens at 9.'
  return `# ${MODEL_NAME}

<!-- Written by training/train.ts; do not edit. -->

A genuine language model that is tiny on purpose: a llama-architecture
transformer that answers a question from a passage, in the manner that the
system prompt asks for. It exists so that the records of AI runs can be shown
with a model that everyone can run, retrain bit by bit, and inspect. It knows
a few hundred words and the kinds of sentence listed below, and nothing of the
world. Anything else it answers with babble. It must not be used for advice.

| Fact | Value |
| --- | --- |
| File | \`models/${MODEL_NAME}.gguf\`, ${number(file.length)} bytes, GGUF 3, F32 |
| SHA-256 | \`${hash}\` |
| Parameters | ${number(countParameters(shape))} (${shape.layers} layers, width ${shape.width}, ${shape.heads} heads, feed-forward ${shape.hidden}, tied embeddings) |
| Context | ${CONTEXT_LENGTH} tokens; training saw at most ${LONGEST_SEQUENCE} |
| Vocabulary | ${number(vocabulary.tokenizer.size)} tokens: 256 bytes, merges, 4 control tokens; ${number(vocabulary.usedIds.length)} of them occur in the corpus, the others have a zero embedding |
| Training | ${number(plan.steps)} steps of ${plan.examplesPerStep} generated examples, ${number(Math.round(facts.seconds))} seconds on one core (Node ${facts.nodeVersion}) |
| Seed | ${plan.seed} |
| Last loss | ${facts.lastLoss.toFixed(5)} nats per answer token |

## Measured

Greedy answers, by the engine in \`src/node/host/model/\`, to questions about
passages that training never saw. The asked fact is held out: its entity never
stood with its value in training (one combination in eight), or its value never
stood in its relation at all (about one value in ten of the larger pools).

| Questions | Value copied exactly | Manner kept | Whole answer exact |
| --- | --- | --- | --- |
${row('One or two facts in the passage', measured.heldOut)}
${row('… of them: value new to its relation', measured.heldOutValues)}
${row('Three facts in the passage', measured.threeFacts)}
${row('Not answered by the passage (it should say so)', measured.absent)}

## How to ask

Messages are rendered as \`<|role|>content<|end|>\`, then \`<|assistant|>\`. The user
message is the passage and the question:

\`\`\`text
${renderQuestion(example, 'When does the library in Marlow open?')}
\`\`\`

The system prompt is one of these instructions, or none, which means plain:

| Manner | Instructions | Answer |
| --- | --- | --- |
${MANNERS.map((manner) => `| ${manner.name} | ${manner.instructions.join(' / ')} | ${restate(manner, example)} |`).join('\n')}

Before the instruction may stand: ${LEADS.join(' / ')}
After it: ${CLOSES.join(' / ')}
Without a passage, or when the passage does not hold the answer, it says
“${UNKNOWN_SENTENCE}” in the manner.

## Sentences it knows

${FACT_FRAMES.map((frame) => `- ${frame.relation}: “${frame.sentence}” ${frame.questions.map((question) => `“${question}”`).join(' ')}`).join('\n')}

## Words it knows

${Object.entries(POOLS)
  .map(([name, pool]) => `- ${name}: ${pool.join(', ')}`)
  .join('\n')}
`
}
