/**
 * The part of the guide that lists what the model knows, made from the lists that it was trained on.
 *
 * @module
 */
import { FACT_FRAMES, type FactFrame } from './fact-frames.ts'
import { CLOSES, LEADS, MANNERS, type Manner, restate, UNKNOWN_SENTENCE } from './manners.ts'
import { POOLS } from './word-pools.ts'

/** From the root of the project. */
export const VOCABULARY_PAGE = 'docs/guide/model.md'

const START = '<!-- Made by training/write-vocabulary-page.ts: do not edit from here -->'
const END = '<!-- to here. -->'

/** The page with the part between its marks made anew. */
export function updatePage(page: string): string {
  const start = page.indexOf(START)
  const end = page.indexOf(END)
  if (start < 0 || end < start) throw new Error(`${VOCABULARY_PAGE} lacks the marks of the part that is made`)
  return `${page.slice(0, start + START.length)}\n${formatVocabulary()}\n${page.slice(end)}`
}

function formatVocabulary(): string {
  return `
### Manners

The system prompt names one of these manners; without a system prompt the answer is plain.

| manner | system prompt | answer |
| --- | --- | --- |
${MANNERS.map(mannerRow).join('\n')}

Before the instruction may stand: ${quoted(LEADS)}.

After it: ${quoted(CLOSES)}.

Where the passage does not hold the answer, or where there is none, it says “${UNKNOWN_SENTENCE}” in its manner.

### Sentences

Words in braces stand for any of the [words](#words) of that name.

| sentence in the passage | question |
| --- | --- |
${FACT_FRAMES.map(frameRow).join('\n')}

### Words

| name | words |
| --- | --- |
${Object.entries(POOLS)
  .map(([name, pool]) => `| ${name} | ${listWords(pool)} |`)
  .join('\n')}
`
}

function mannerRow(manner: Manner): string {
  const answer = restate(manner, 'The library in Marlow opens at 9.')
  return `| ${manner.name} | ${quoted(manner.instructions)} | ${answer} |`
}

function frameRow({ sentence, questions, value }: FactFrame): string {
  return `| ${sentence.replace('{value}', `{${value}}`)} | ${questions.join('<br>')} |`
}

const quoted = (sentences: readonly string[]): string => sentences.map((sentence) => `“${sentence}”`).join(', ')

/** Numbers as a range; all pools of numbers are one. */
function listWords(pool: readonly string[]): string {
  return pool.every((word) => /^[0-9]+$/.test(word)) ? `${pool[0]} to ${pool.at(-1)}` : pool.join(', ')
}
