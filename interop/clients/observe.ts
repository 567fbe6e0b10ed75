/**
 * One call through a real client: what went into its `fetch`, what came off the wire, what it gave back.
 *
 * @module
 */
import { type Form, parametersOf } from './call.ts'
import type { Exchange, Provider } from './provider/start-provider.ts'
import type { Stack } from './stacks/index.ts'

export interface Observed {
  /** What the client gives as the answer. */
  readonly text: string
  readonly exchange: Exchange
  /** The body that went into the caller's `fetch`. */
  readonly hooked: Buffer
  /** Of the answer, the header by which a gateway names the run. */
  readonly runId: string | undefined
}

export interface Call {
  readonly provider: Provider
  readonly stack: Stack
  readonly form: Form
  /** Another address than the provider's own, and what its requests say besides. */
  readonly gateway?: { readonly address: string; readonly headers: Readonly<Record<string, string>> }
}

/** @throws {TypeError} where the call makes not exactly one request */
export async function observe({ provider, stack, form, gateway }: Call): Promise<Observed> {
  const hooked: Buffer[] = []
  let runId: string | undefined
  const hook: typeof fetch = async (input, init) => {
    hooked.push(await bodyOf(init?.body ?? (input instanceof Request ? input.clone().body : null)))
    const response = await fetch(input, gateway === undefined ? init : withHeaders(gateway.headers, input, init))
    runId = response.headers.get('colophon-run') ?? undefined
    return response
  }
  const { address } = gateway ?? provider
  const text = await stack.call({ address, fetch: hook, form, parameters: parametersOf(form) })
  const exchanges = provider.takeExchanges()
  const [exchange, body] = [exchanges[0], hooked[0]]
  if (exchange === undefined || body === undefined || exchanges.length + hooked.length > 2) {
    throw new TypeError(`${hooked.length} requests into fetch, ${exchanges.length} on the wire, want one`)
  }
  return { text, exchange, hooked: body, runId }
}

const bodyOf = async (body: BodyInit | null): Promise<Buffer> => Buffer.from(await new Response(body).arrayBuffer())

function withHeaders(
  more: Readonly<Record<string, string>>,
  input: RequestInfo | URL,
  init?: RequestInit,
): RequestInit {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  return { ...init, headers }
}
