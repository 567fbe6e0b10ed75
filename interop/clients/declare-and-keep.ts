/**
 * `colophon declare --from-run` for one client: what it makes of a run through the gateway is kept by the same call, made
 * again, and is not by another.
 *
 * @module
 */
import type { RunRecord } from '../../src/core/run/index.ts'
import type { Form } from './call.ts'
import type { Gateway } from './gateway.ts'
import { type Observed, observe } from './observe.ts'
import { ANSWER } from './provider/api.ts'
import type { Provider } from './provider/start-provider.ts'
import type { Stack } from './stacks/index.ts'

export async function declareAndKeep(provider: Provider, gateway: Gateway, stack: Stack): Promise<string[]> {
  const problems: string[] = []
  const call = async (
    form: Form,
    headers: Readonly<Record<string, string>>,
  ): Promise<RunRecord & { runId: string }> => {
    const through = { address: gateway.address, headers: { 'colophon-context': gateway.context, ...headers } }
    const observed = await observe({ provider, stack, form, gateway: through })
    problems.push(...relayProblems(observed).map((problem) => `${form}: ${problem}`))
    const { runId = '' } = observed
    return { ...(await gateway.recordOf(runId)), runId }
  }
  for (const form of ['plain', 'streamed'] as const) {
    const first = await call(form, {})
    const declared = { 'colophon-declaration': await gateway.declareFromRun(first.runId) }
    problems.push(...compositionProblems(await call(form, declared), 'kept').map((problem) => `${form}: ${problem}`))
    // It sends no parameters of the caller's, which the declaration fixes.
    problems.push(...compositionProblems(await call('unset', declared), 'broken'))
  }
  return problems
}

function relayProblems({ text, hooked, exchange }: Observed): string[] {
  return [
    ...(hooked.equals(exchange.body) ? [] : ['what fetch was given is not what the gateway sent']),
    ...(text === ANSWER.join('') ? [] : [`through the gateway the client gives ${JSON.stringify(text)}`]),
  ]
}

function compositionProblems({ composition, outcome }: RunRecord, want: 'kept' | 'broken'): string[] {
  const differing = composition.findings.filter(({ finding }) => finding !== 'match')
  const words = differing.map(({ role, finding, name = '' }) => `${role} ${finding} ${name}`.trim())
  return [
    ...(composition.result === want ? [] : [`${composition.result}, want ${want}: ${words.join(', ')}`]),
    ...(outcome.completion === 'complete' ? [] : [`the run is ${outcome.completion}`]),
  ]
}
