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
import { ColophonError } from '../../../core/errors.ts'
import { readBody } from '../../http/index.ts'
import { answerChat } from './answer-chat.ts'
import { readChatRequest } from './chat-request.ts'
import { Refusal, SERVER_ERROR } from './refusal.ts'
import { sendJson } from './send-json.ts'
import type { ServedModel } from './served-model.ts'

/** Largest body in bytes: 1 MiB. */
const MAX_BODY_BYTES = 1_048_576

export interface RouteOptions {
  readonly served: ServedModel
  /** Whether a request carries the token, if one is needed. */
  readonly isAuthorized: (request: IncomingMessage) => boolean
  /** Told of failures of the host itself. */
  readonly onError: (error: unknown) => void
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

interface Route {
  readonly method: string
  /** Whether it needs no token. */
  readonly open: boolean
  readonly handle: Handler
}

/** @returns a function that answers one request; it never rejects */
export function createRoutes({ served, isAuthorized, onError }: RouteOptions): (...args: Parameters<Handler>) => void {
  const routes = routesOf(served)

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

function routesOf(served: ServedModel): ReadonlyMap<string, Route> {
  const startedAt = Math.floor(Date.now() / 1000)
  let running = 0

  const health: Handler = (_, response) => sendJson(response, 200, { status: 'ok', model: served.id, running })

  const listModels: Handler = (_, response) => {
    const model = { id: served.id, object: 'model', created: startedAt, owned_by: 'colophon' }
    sendJson(response, 200, { object: 'list', data: [model] })
  }

  const complete: Handler = async (request, response) => {
    requireJson(request)
    const body = await readBody(request, { maxBytes: MAX_BODY_BYTES }).catch(refuseTooLarge)
    if (body === undefined) return
    const chat = readChatRequest(body)
    running += 1
    try {
      await answerChat(served, chat, response)
    } finally {
      running -= 1
    }
  }

  return new Map([
    ['/healthz', { method: 'GET', open: true, handle: health }],
    ['/v1/models', { method: 'GET', open: false, handle: listModels }],
    ['/v1/chat/completions', { method: 'POST', open: false, handle: complete }],
  ])
}

/** The refusal of a body that is too large, in OpenAI's words; any other error as it is. */
function refuseTooLarge(error: unknown): never {
  if (!ColophonError.is(error, 'REQUEST_TOO_LARGE')) throw error
  throw new Refusal('request_too_large', error.message, { status: 413 })
}

/** A web page can send other types to this machine without asking; not this one. */
function requireJson(request: IncomingMessage): void {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'application/json') return
  throw new Refusal('unsupported_media_type', 'want content-type: application/json', { status: 415 })
}
