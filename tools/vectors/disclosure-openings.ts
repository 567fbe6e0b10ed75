/**
 * Disclosed messages against commitments, for `disclosure.ts`.
 *
 * @module
 */
import type { Direction, PlainLeaf } from './committed.ts'
import { CHAT, commitmentHex, fact, REQUEST, RESPONSE, RUN_ID, shown } from './example-message.ts'
import type { DisclosureInput as In } from './run/disclosure.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/disclosure.md#opening'
const TREE = commitmentHex('request', REQUEST)

type Shown = readonly { readonly [name: string]: Value | undefined }[]

const input = (direction: Direction, leaves: Shown, commitment: string, dialect: string) => {
  const fileText = JSON.stringify({ format: 'colophon/disclosure/v1', runId: RUN_ID, [direction]: leaves })
  return { operation: 'open', fileText, direction, dialect, commitmentHex: commitment } as const
}

interface More {
  readonly commitment?: string
  readonly dialect?: string
  readonly direction?: Direction
}

function opened(name: string, leaves: Shown, { commitment = TREE, dialect = CHAT, direction = 'request' }: More = {}) {
  const closed = leaves.filter((leaf) => leaf['hash'] !== undefined).length
  const accept = { open: leaves.length - closed, closed }
  return { name, rule: RULE, ...input(direction, leaves, commitment, dialect), accept }
}
function refused(name: string, leaves: Shown, { commitment = TREE, dialect = CHAT, direction = 'request' }: More = {}) {
  const reject = 'DISCLOSURE_MISMATCH' as const
  return { name, rule: RULE, ...input(direction, leaves, commitment, dialect), reject }
}

const ALL = shown('request', REQUEST)
const closing = (...closed: readonly number[]): Shown => shown('request', REQUEST, (index) => closed.includes(index))
const at = (place: number, change: { readonly [name: string]: Value | undefined }, leaves: Shown = ALL): Shown =>
  leaves.map((leaf, index) => (index === place ? { ...leaf, ...change } : leaf))
/** Leaves that were truly committed to, and are not a message. */
const committed = (name: string, leaves: readonly PlainLeaf[]): Case<In> =>
  refused(name, shown('request', leaves), { commitment: commitmentHex('request', leaves) })
const HEAD = REQUEST.slice(0, 6)
const BODY = REQUEST.slice(6)
const LAST = REQUEST.length - 1

/** A fact of the head that is said to be the last byte of the body, and was committed to as such. */
const STRAY = [...REQUEST, { ...fact('header', 'accept', 'x'), offset: 173 }]

export const OPENINGS: readonly Case<In>[] = [
  opened('open-request-of-the-example', ALL, {
    commitment: 'e62086f8bd76632970d81f5baa506eaed276e13e061bd38df3d74c47d6102060',
  }),
  opened('open-response-of-the-example', shown('response', RESPONSE), {
    direction: 'response',
    commitment: '2dc85b9663b6901dcb449f12d6d38d8913b622a9b070cc4057bbda736f1dec6f',
  }),
  opened('open-with-one-leaf-closed', closing(9)),
  opened('open-with-the-head-closed', closing(0, 1, 2, 3, 4, 5)),
  opened(
    'open-with-one-leaf-open',
    shown('request', REQUEST, (index) => index !== 7),
  ),
  opened(
    'open-with-every-leaf-closed',
    shown('request', REQUEST, () => true),
  ),
  opened('open-a-message-without-body', shown('request', HEAD), { commitment: commitmentHex('request', HEAD) }),
  opened('open-a-message-without-head', shown('request', BODY), { commitment: commitmentHex('request', BODY) }),
  opened('open-a-closed-leaf-under-another-label', at(9, { kind: 'opaque', role: 'x', pointer: 'y' }, closing(9))),
  opened('open-with-bytes-in-base64', at(7, { text: undefined, base64: 'InRpbnki' })),

  refused('open-nothing', []),
  refused('open-with-another-role', at(7, { role: 'input' })),
  refused('open-with-another-kind', at(7, { kind: 'opaque' })),
  refused('open-with-another-pointer', at(7, { pointer: '/models' })),
  refused('open-with-another-salt', at(7, { salt: '00'.repeat(16) })),
  refused('open-with-other-bytes', at(7, { text: '"tinY"' })),
  refused('open-with-another-offset', at(0, { offset: 1 })),
  refused('open-with-the-hash-of-another-leaf', at(9, { hash: 'ab'.repeat(32) }, closing(9))),
  refused('open-with-the-bytes-of-the-next-leaf', at(7, { salt: ALL[9]?.['salt'], text: ALL[9]?.['text'] })),
  refused('open-with-a-leaf-left-out', ALL.toSpliced(2, 1)),
  refused('open-with-the-last-leaf-left-out', ALL.slice(0, -1)),
  refused('open-with-the-last-leaf-twice', [...ALL, { ...ALL[LAST], offset: 173 }]),
  refused('open-with-two-leaves-of-the-head-exchanged', [ALL[1] ?? {}, ALL[0] ?? {}, ...ALL.slice(2)]),
  refused('open-with-closed-lengths-that-do-not-add-up', at(9, { length: 19 }, closing(9))),
  refused('open-with-closed-lengths-exchanged', at(9, { length: 17 }, at(8, { length: 41 }, closing(8, 9)))),
  refused('open-with-a-gap-at-the-start', at(6, { offset: 1, length: 8 }, closing(6))),
  refused('open-with-lengths-beyond-every-number', [
    { ...closing(6)[6], offset: 0, length: 9007199254740991 },
    { ...closing(7)[7], offset: 9007199254740991, length: 1 },
  ]),
  refused('open-under-another-dialect', ALL, { dialect: 'opaque/1' }),
  refused('open-as-the-other-direction', ALL, { direction: 'response' }),
  refused('open-another-commitment', ALL, { commitment: 'ab'.repeat(32) }),
  refused('open-the-root-in-place-of-the-commitment', ALL, {
    commitment: 'c89acb7f9f491bd64482470499b38a25b0da51a0f5fafd0ad92326a1a82bfce6',
  }),
  committed('open-what-has-a-head-leaf-among-the-body', [...HEAD, ...BODY, fact('header', 'accept', 'x')]),
  refused('open-what-has-a-head-leaf-in-place-of-a-byte', shown('request', STRAY), {
    commitment: commitmentHex('request', STRAY, CHAT, 174),
  }),
  committed('open-what-has-a-gap', [...HEAD, ...BODY.filter((_, index) => index !== 1)]),
  committed('open-what-overlaps', [...HEAD, ...BODY, { ...(BODY.at(-1) as PlainLeaf), offset: 172 }]),
  committed('open-what-is-not-in-order', [...HEAD, ...BODY.toReversed()]),
]
