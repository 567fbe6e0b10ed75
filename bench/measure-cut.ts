/**
 * The time that cutting a request takes, against `JSON.parse` of the same body.
 *
 * @module
 */
import { encodeUtf8 } from '../src/core/bytes/index.ts'
import { dialectFor, JSON_APIS } from '../src/core/dialects/index.ts'
import { cutObject } from '../src/core/dialects/json-api/cut-object.ts'
import { chatBody } from '../test/support/chat-body.ts'

const SIZES_KB = [2, 32, 512]
const ROUNDS = 15
/** Of bytes, in each round of each candidate. */
const BYTES_PER_ROUND = 8 << 20

const REQUEST = { method: 'POST', path: '/v1/chat/completions' }
const [CHAT] = JSON_APIS

/** Lines of Markdown. */
export function measureCut(): string[] {
  if (CHAT === undefined) throw new Error('want a dialect')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const dialect = dialectFor(REQUEST)
  const rows = SIZES_KB.map((sizeKb) => {
    const text = chatBody(sizeKb << 10)
    const body = encodeUtf8(text)
    const candidates = [
      () => JSON.parse(decoder.decode(body)) as unknown,
      () => JSON.parse(text) as unknown,
      () => cutObject(body, { shape: CHAT.request, cutList: [] }),
      () => dialect.cutRequest({ ...REQUEST, contentType: undefined, body, cutList: [] }),
    ]
    const [parsed, parsedText, cut, whole] = medians(candidates, body.length) as [number, number, number, number]
    const ratio = (time: number): string => `${time.toFixed(1)} (${(time / parsed).toFixed(2)})`
    return `| ${sizeKb} KB | ${ratio(parsed)} | ${ratio(parsedText)} | ${ratio(cut)} | ${ratio(whole)} |`
  })
  return [
    'Cutting a chat request into its spans, in microseconds, and as a ratio to decoding its bytes and parsing them with',
    '`JSON.parse`. A cut reads bytes, and checks what `JSON.parse` does not: UTF-8, keys that occur twice, half pairs.',
    '',
    '| body | decoded and parsed | `JSON.parse` of the text alone | cut: spans and roles | with parts, names and server-side state |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ]
}

/** Microseconds per call; the candidates take turns, and each of a round does so many bytes. */
function medians(candidates: readonly (() => unknown)[], sizeBytes: number): number[] {
  const calls = Math.max(4, Math.round(BYTES_PER_ROUND / sizeBytes / 4))
  const times: number[][] = candidates.map(() => [])
  for (let round = -3; round < ROUNDS; round += 1) {
    for (const [index, candidate] of candidates.entries()) {
      const started = performance.now()
      for (let call = 0; call < calls; call += 1) candidate()
      if (round >= 0) times[index]?.push(((performance.now() - started) / calls) * 1_000)
    }
  }
  return times.map((all) => all.sort((left, right) => left - right)[all.length >> 1] as number)
}
