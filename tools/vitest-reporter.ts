/**
 * A reporter for vitest that counts, and shows only what did not pass.
 *
 * @module
 */
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, SerializedError, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node'
import type { Counts } from './counts.ts'
import { ROOT } from './project.ts'
import { printStep } from './step.ts'

type TestError = Pick<SerializedError, 'name' | 'message' | 'stack' | 'stacks'> & { readonly diff?: string }

/** How a test ended, and the figures that it gave with `annotate`. */
export interface EndedTest {
  readonly file: string
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly durationMs: number
  readonly figures: readonly string[]
}

export class CountingReporter implements Reporter {
  /** Undefined until the run has ended. */
  counts: Counts | undefined
  /** Those of `*.slow.test.ts`, by file. */
  slowTests: readonly EndedTest[] = []
  readonly #startedMs = performance.now()
  readonly #running = new Set<string>()
  readonly #problems: string[] = []
  readonly #maxSilenceMs: number
  #heardMs = performance.now()
  #watchdog: NodeJS.Timeout | undefined

  /** @param options.maxSilenceMs a test that never yields cannot time out by itself; the run is ended after so long */
  constructor({ maxSilenceMs }: { readonly maxSilenceMs: number }) {
    this.#maxSilenceMs = maxSilenceMs
  }

  onInit(vitest: Vitest): void {
    this.#watchdog = setInterval(() => {
      if (performance.now() - this.#heardMs < this.#maxSilenceMs) return
      this.#problems.push(
        `no test ended for ${this.#maxSilenceMs / 1000} s; still running: ${[...this.#running].join(', ')}`,
      )
      clearInterval(this.#watchdog)
      // The first call asks the workers to stop, the second one ends those that do not answer.
      for (let call = 0; call < 2; call += 1) void vitest.cancelCurrentRun('test-failure')
    }, 1_000)
  }

  onTestModuleStart(module: TestModule): void {
    this.#running.add(module.relativeModuleId)
  }

  onTestCaseResult(): void {
    this.#heardMs = performance.now()
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(module.relativeModuleId)
    this.#heardMs = performance.now()
  }

  /** Errors outside of any test fail the run, each as one. */
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length
    clearInterval(this.#watchdog)
    const problems = [
      ...this.#problems,
      ...modules.flatMap((module) => suiteProblems(module)),
      ...tests.flatMap((test) => testProblem(test)),
      ...unhandledErrors.map((error) => `outside of any test\n${formatError(error)}`),
    ]
    if (reason === 'interrupted' && this.#problems.length === 0) problems.push('the run was interrupted')
    if (tests.length === 0) problems.push('no test was found')
    // A suite that fails to load, and a test that never ended, are failures, too.
    this.counts = { passed: count('passed'), failed: problems.length, skipped: count('skipped') }
    const durationMs = performance.now() - this.#startedMs
    const state = problems.length === 0 ? 'passed' : 'failed'
    printStep({ name: 'tests', state, durationMs, note: `${tests.length} in ${modules.length} files`, problems })
    this.slowTests = tests.filter(({ module }) => module.relativeModuleId.endsWith('.slow.test.ts')).map(endedTest)
    for (const test of tests) printSkipped(test)
    printVectorsNotThere(tests)
  }
}

function suiteProblems(module: TestModule): string[] {
  const suites = [module, ...module.children.allSuites()]
  return suites.flatMap((suite) => {
    const name = suite.type === 'module' ? module.relativeModuleId : `${module.relativeModuleId} > ${suite.fullName}`
    return suite.errors().map((error) => `${name}\n${formatError(error)}`)
  })
}

function testProblem(test: TestCase): string[] {
  const result = test.result()
  const name = nameOf(test)
  if (result.state === 'pending') return [`${name}\n  never ended`]
  if (result.state === 'failed') return [[name, ...result.errors.map(formatError)].join('\n')]
  return []
}

function endedTest(test: TestCase): EndedTest {
  const { state } = test.result()
  return {
    file: test.module.relativeModuleId,
    name: test.fullName,
    state: state === 'pending' ? 'failed' : state,
    durationMs: test.diagnostic()?.duration ?? 0,
    figures: test.annotations().map(({ message }) => message),
  }
}

function printSkipped(test: TestCase): void {
  const result = test.result()
  if (result.state !== 'skipped') return
  console.log(`    skipped: ${nameOf(test)} (${reasonOf(test)})`)
}

/** Published vectors that tests were skipped for. Several tests may want the same folder. */
function printVectorsNotThere(tests: readonly TestCase[]): void {
  const missing = new Map(
    tests.flatMap((test) => {
      const { vectorsNotThere } = test.meta()
      return vectorsNotThere === undefined ? [] : [[vectorsNotThere.folder, vectorsNotThere.count] as const]
    }),
  )
  if (missing.size === 0) return
  const total = [...missing.values()].reduce((sum, count) => sum + count)
  console.log(`    not run: ${total.toLocaleString('en')} published vectors are not there (${missing.size} folders)`)
}

function reasonOf(test: TestCase): string {
  const result = test.result()
  if (result.state === 'skipped' && result.note !== undefined) return result.note
  return test.options.mode === 'todo' ? 'not written yet' : 'no reason given'
}

const nameOf = (test: TestCase): string => `${test.module.relativeModuleId} > ${test.fullName}`

/** Message, difference, and the place in the project's own files. */
function formatError(error: TestError): string {
  const place = error.stacks?.[0]
  const lines = [
    `${error.name ?? 'Error'}: ${error.message}`,
    ...(error.diff === undefined ? [] : [stripVTControlCharacters(error.diff)]),
    ...(place === undefined ? firstFrame(error) : [`at ${relative(ROOT, place.file)}:${place.line}:${place.column}`]),
  ]
  return lines.join('\n').replace(/^(?=.)/gm, '  ')
}

const firstFrame = ({ stack = '' }: TestError): string[] => /\n *(at .*)/.exec(stack)?.slice(1, 2) ?? []
