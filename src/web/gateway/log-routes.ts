/**
 * The log over HTTP (`docs/spec/log.md#served-over-http`): C2SP tlog-tiles (https://c2sp.org/tlog-tiles@v1.0.0).
 *
 * The checkpoint is never cached: it is small, comes from memory, and whoever compares checkpoints wants the newest one.
 * Tiles and bundles never change, a partial one of a given width neither, so they may be kept for good; that one is not
 * there yet may not.
 *
 * One address per file: no query, nothing percent-encoded. What is no path of the log is refused before anything is read.
 *
 * @module
 */
import type { Handler, Hono } from 'hono'
import { ColophonError } from '../../core/errors.ts'
import { type Log, type LogReads, readPublishedFile } from '../log/index.ts'
import { problemResponse } from './problem.ts'

export interface LogRoutesOptions {
  readonly log: Pick<Log<never>, 'checkpoint'>
  readonly logReads: LogReads
}

export function addLogRoutes(app: Hono, { log, logReads }: LogRoutesOptions): void {
  app.get('/checkpoint', () => {
    const checkpoint = log.checkpoint()
    if (checkpoint !== undefined) return new Response(checkpoint, { headers: CHECKPOINT_HEADERS })
    throw new ColophonError('RECORD_NOT_FOUND', 'the log is empty', { hint: 'Ask again after the first run.' })
  })
  app.get('/tile/*', async (c) => {
    const path = pathOf(c.req.url)
    const bytes = await readPublishedFile({ path, checkpoint: log.checkpoint(), reads: logReads })
    return new Response(Uint8Array.from(bytes), {
      headers: { ...FILE_HEADERS, 'content-length': String(bytes.length) },
    })
  })
  for (const path of ['/checkpoint', '/tile/*']) app.all(path, onlyRead)
}

const CHECKPOINT_HEADERS = { 'content-type': 'text/plain; charset=utf-8' }
const FILE_HEADERS = {
  'content-type': 'application/octet-stream',
  'cache-control': 'public, max-age=31536000, immutable',
}

/** As it was sent, without its first slash: the router decodes what it matches. */
function pathOf(url: string): string {
  if (url.includes('?')) throw new ColophonError('TILE_PATH_MALFORMED', 'the address of a tile has no query')
  return new URL(url).pathname.slice(1)
}

const onlyRead: Handler = () => {
  const answer = problemResponse(new ColophonError('METHOD_NOT_ALLOWED', 'the log can be read, and nothing else'))
  answer.headers.set('allow', 'GET, HEAD')
  return answer
}
