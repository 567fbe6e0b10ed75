/**
 * Load on one server: so many requests over so many connections, each read to its end.
 *
 * @module
 */
import { Pool } from 'undici'

export interface LoadInput {
  readonly url: string
  readonly requests: number
  readonly connections: number
  readonly body: Buffer
  readonly stream: boolean
}

export interface LoadResult {
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export async function load({ url, requests, connections, body, stream }: LoadInput): Promise<LoadResult> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const headers = { 'content-type': 'application/json', accept: stream ? 'text/event-stream' : 'application/json' }
  const times: number[] = []
  let left = requests
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const started = performance.now()
      const answer = await pool.request({ method: 'POST', path: '/v1/chat/completions', headers, body })
      if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`)
      for await (const _ of answer.body) {
        // Read to its end.
      }
      times.push(performance.now() - started)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - started) / 1000
  await pool.close()
  times.sort((left, right) => left - right)
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] as number
  return { seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}
