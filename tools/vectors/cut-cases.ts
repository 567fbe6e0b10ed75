/**
 * Cases of `cut.ts` for one dialect: requests, what they lean on at the server, and responses.
 *
 * @module
 */
import { type Piece, placesOf, textOfPieces } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

/** A role and what hides it, such as `file_id`; or the whole reason. */
export type Hidden = readonly [role: string, what: string]

/** Of a request with a message whose author is unknown. */
export const UNREAD: readonly Hidden[] = ['instructions', 'context', 'history', 'input'].map((role) => {
  return [role, 'unread: a message of an unknown author']
})

interface RequestMore {
  /** The name of the model that is asked for. */
  readonly model?: string
  readonly path?: string
  readonly hidden?: readonly Hidden[]
}

/** Bytes of an event, and whether it adds text; or what follows the last one. */
export type StreamPiece = readonly [role: 'output' | 'metadata' | 'rest', text: string]

export interface DialectCases {
  readonly request: (name: string, pieces: readonly Piece[], more?: RequestMore) => Case<In>
  /** A request that leans on its server, or looks as if it did. */
  readonly state: (name: string, bodyText: string, ...hidden: readonly Hidden[]) => Case<In>
  readonly response: (name: string, pieces: readonly Piece[], more?: Partial<In>) => Case<In>
  readonly stream: (name: string, events: readonly StreamPiece[], more?: Partial<In>) => Case<In>
}

/** @param of.prefix of the names of all cases, such as `gemini` */
export function casesOf(of: {
  readonly prefix: string
  readonly dialect: string
  readonly path: string
  readonly streams: string
}): DialectCases {
  const { prefix, dialect } = of
  const page = `docs/spec/dialects/${dialect.slice(0, dialect.indexOf('/'))}.md`
  const response: DialectCases['response'] = (name, pieces, more = {}) => ({
    name: `${prefix}-response-${name}`,
    rule: `${page}#response-table`,
    operation: 'cutResponse',
    dialect,
    status: 200,
    contentType: 'application/json',
    bodyText: textOfPieces(pieces),
    ...more,
    accept: { leaves: placesOf(pieces) },
  })
  return {
    request: (name, pieces, { model, path = of.path, hidden = [] } = {}) => ({
      name: `${prefix}-${name}`,
      rule: `${page}#request-table`,
      operation: 'cutRequest',
      dialect,
      path,
      bodyText: textOfPieces(pieces),
      accept: {
        leaves: placesOf(pieces),
        model: model === undefined ? { state: 'absent' } : { state: 'named', name: model },
        unobservable: reasons(hidden),
      },
    }),
    state: (name, bodyText, ...hidden) => ({
      name: `${prefix}-state-${name}`,
      rule: `${page}#server-side-state`,
      operation: 'serverState',
      dialect,
      path: of.path,
      bodyText,
      accept: { unobservable: reasons(hidden) },
    }),
    response,
    stream: (name, events, more = {}) => {
      const pieces = events.map(([role, text], index): Piece => {
        const label =
          role === 'rest' ? ({ kind: 'opaque', role: 'metadata' } as const) : ({ kind: 'event', role } as const)
        return { ...label, pointer: `/${index}`, text }
      })
      return { ...response(`stream-${name}`, pieces, { contentType: of.streams, ...more }), rule: `${page}#the-answer` }
    },
  }
}

export const reasons = (hidden: readonly Hidden[]): { role: string; reason: string }[] =>
  hidden.map(([role, what]) => ({ role, reason: what.startsWith('unread: ') ? what : `server-side: ${what}` }))
