/**
 * The host's paths, and what becomes of an error on the way.
 *
 * | request | response |
 * |---|---|
 * | `POST /v1/chat/completions` | a completion, or a stream of chunks (`answer-chat.ts`); takes `application/json` |
 * | `GET /v1/models` | a list with the one model |
 * | `GET /healthz` | `{"status": "ok", "model": "…", "running": 0}`; needs no token |
 *
 * Query strings are without meaning and not looked at. Errors have OpenAI's shape: 400 and the statuses of `refusal.ts`
 * for requests that must change, 500 for a failure of the host.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerChat } from './answer-chat.ts'
import { readChatRequest } from './chat-request.ts'
import { readBody } from './read-body.ts'
import { Refusal, SERVER_ERROR } from './refusal.ts'
import { sendJson } from './send-json.ts'
import type { ServedModel } from './served-model.ts'

export interface RouteOptions {
  readonly served: ServedModel
  /** Whether a request carries the token, if one is needed. */
  readonly isAuthorized: (request: IncomingMessage) => boolean
  /** Told of failures of the host itself. */
  readonly onError: (error: unknown) => void
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** @returns a function that answers one request; it never rejects */
export function createRoutes({ served, isAuthorized, onError }: RouteOptions): (...args: Parameters<Handler>) => void {
  const startedAt = Math.floor(Date.now() / 1000)
  let running = 0

  const health: Handler = (_, response) => sendJson(response, 200, { status: 'ok', model: served.id, running })

  const listModels: Handler = (_, response) => {
    const model = { id: served.id, object: 'model', created: startedAt, owned_by: 'colophon' }
    sendJson(response, 200, { object: 'list', data: [model] })
  }

  const complete: Handler = async (request, response) => {
    requireJson(request)
    const chat = readChatRequest(await readBody(request))
    running += 1
    try {
      await answerChat(served, chat, response)
    } finally {
      running -= 1
    }
  }

  const routes = new Map<string, { method: string; open: boolean; handle: Handler }>([
    ['/healthz', { method: 'GET', open: true, handle: health }],
    ['/v1/models', { method: 'GET', open: false, handle: listModels }],
    ['/v1/chat/completions', { method: 'POST', open: false, handle: complete }],
  ])

  const dispatch = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = routes.get(request.url?.split('?', 1)[0] ?? '')
    if (route?.open !== true && !isAuthorized(request)) {
      throw new Refusal('invalid_api_key', 'the token is missing or wrong', { status: 401 })
    }
    if (route === undefined) throw new Refusal('unknown_url', 'the host has no such path', { status: 404 })
    if (request.method !== route.method) {
      response.setHeader('allow', route.method)
      throw new Refusal('method_not_allowed', `this path takes ${route.method}`, { status: 405 })
    }
    await route.handle(request, response)
  }

  return (request, response) => {
    dispatch(request, response).catch((error: unknown) => {
      // The client has gone: whatever failed failed for that reason, and there is nobody to tell.
      if (response.destroyed) return
      if (error instanceof Refusal) return sendJson(response, error.status, error)
      onError(error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, SERVER_ERROR)
    })
  }
}

/** A web page can send other types to this machine without asking; not this one. */
function requireJson(request: IncomingMessage): void {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'application/json') return
  throw new Refusal('unsupported_media_type', 'want content-type: application/json', { status: 415 })
}
