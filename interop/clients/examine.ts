/**
 * One client stack, call by call: what it sent, and whatever is not as it should be.
 *
 * @module
 */
import { accountFor, misread, unaccounted } from './account.ts'
import { FORMS, type Form, parametersOf } from './call.ts'
import { declaredCall } from './declared-call.ts'
import { EXPECTED, expectedWords } from './expected.ts'
import { type Observed, observe } from './observe.ts'
import type { Provider } from './provider/start-provider.ts'
import type { Stack } from './stacks/index.ts'
import { wordsFor } from './words.ts'

export interface Examined {
  readonly stack: Stack
  /** Where its requests went. */
  readonly paths: ReadonlySet<string>
  /** That reads the last of them. */
  readonly dialect: string
  /** What it drops, adds and changes. */
  readonly words: Readonly<Record<Form, readonly string[]>>
  readonly problems: readonly string[]
}

export async function examine(provider: Provider, stack: Stack): Promise<Examined> {
  const words: Record<Form, readonly string[]> = { plain: [], streamed: [], unset: [] }
  const problems: string[] = []
  const paths = new Set<string>()
  let dialect = ''
  for (const form of FORMS) {
    const observed = await observe({ provider, stack, form })
    const account = accountFor(observed.exchange)
    paths.add(observed.exchange.path)
    dialect = account.dialect.id
    words[form] = wordsFor(account, declaredCall({ ...stack, parameters: parametersOf(form) }))
    const found = problemsOf({ stack, form, observed, words: words[form] })
    problems.push(...found.map((problem) => `${form}: ${problem}`))
  }
  return { stack, paths, dialect, words, problems }
}

function problemsOf(input: {
  readonly stack: Stack
  readonly form: Form
  readonly observed: Observed
  readonly words: readonly string[]
}): string[] {
  const { stack, form, observed, words } = input
  const { exchange } = observed
  const account = accountFor(exchange)
  const expected = EXPECTED[stack.name]
  if (expected === undefined) return ['nothing is expected of it']
  if (account.dialect.id.startsWith('opaque/')) return [`opaque: no dialect reads ${exchange.path}`]
  const want = expectedWords(expected, form)
  return [
    ...unaccounted(account, exchange, expected),
    ...misread(account, exchange, observed.text),
    ...hookProblems(observed),
    ...words.filter((line) => !want.includes(line)).map((line) => `not expected: ${line}`),
    ...want.filter((line) => !words.includes(line)).map((line) => `expected: ${line}`),
  ]
}

/** What goes into the caller's `fetch` is what goes out on the wire. */
function hookProblems({ hooked, exchange }: Observed): string[] {
  return hooked.equals(exchange.body) ? [] : ['what fetch was given is not what was sent']
}
