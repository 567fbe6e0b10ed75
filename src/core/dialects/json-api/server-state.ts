/**
 * Where a request leans on something that is not in it: a file or an earlier answer at the server, a picture that the
 * server fetches, a search that it makes (`docs/spec/dialects.md`, "Server-side state").
 *
 * The role that this hides is unobservable, and the run is not self-contained.
 *
 * @module
 */
import type { Unobservable } from '../../composition/index.ts'
import { elements, isNamed, JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import type { SentRole } from '../../roles/index.ts'
import { type MessageRoles, rolesOfMessages, type Shape } from '../../spans/index.ts'

/** One way in which a request leans on its server. */
export interface StateRule {
  // The place, such as /messages/*/content/*<file>/file_id, where * is every element of a list, and *<file> every one
  // whose `type` is `file`.
  readonly at: string
  /** `author` or `result`: the role that the message it stands in has by its place. */
  readonly hides: SentRole | 'author' | 'result'
  /** Where it counts; whatever it is, where this is left out. */
  readonly when?: StateCondition
  /** It counts only where the object that it stands in has none of these members, or null there. */
  readonly without?: readonly string[]
  /** What the reason names; the place's last name where this is left out. */
  readonly as?: string
}

export type StateCondition =
  /** Anything but null. */
  | 'given'
  /** A text that is not the data itself, and so has to be fetched. */
  | 'address'
  /** The literal true. */
  | 'true'
  /** A text that is one of these, which the reason names. */
  | { readonly oneOf: readonly string[] }
  /** A text that is none of these. The reason does not name it: it is the caller's own, and reasons stand in records. */
  | { readonly noneOf: readonly string[] }

/** Rule by rule, each in the order of the body; each role and reason once. */
export function serverState(tape: JsonTape, rules: readonly StateRule[], shape: Shape): Unobservable[] {
  const places = new Map<StateRule, Place[]>(rules.map((rule) => [rule, []]))
  findPlaces({ tape, tree: treeOf(rules), node: 0, message: undefined, holder: 0, places })
  if ([...places.values()].every(({ length }) => length === 0)) return []
  const rolesOf = messageRoles(tape, shape)
  const found = [...places].flatMap(([rule, all]) =>
    all.flatMap(({ node, message, holder }): Unobservable[] => {
      const what = hasAny(tape, holder, rule.without) ? undefined : reasonFor(tape, node, rule)
      const role = what === undefined ? undefined : roleOf(rule.hides, rolesOf(message))
      return role === undefined ? [] : [{ role: role as SentRole, reason: `server-side: ${what}` }]
    }),
  )
  const distinct = new Map(found.map((one) => [`${one.role} ${one.reason}`, one]))
  return [...distinct.values()]
}

/** Rules by the steps of their places, so that a body is walked once for all of them. */
interface RuleTree {
  readonly rules: StateRule[]
  readonly members: Map<string, RuleTree>
  /** By the type that an element has to have; by '' for any. */
  readonly elements: Map<string, RuleTree>
}

/** Made once for each table. */
const trees = new WeakMap<readonly StateRule[], RuleTree>()

function treeOf(rules: readonly StateRule[]): RuleTree {
  const known = trees.get(rules)
  if (known !== undefined) return known
  const tree = emptyTree()
  for (const rule of rules) {
    const steps = rule.at.split('/').slice(1)
    const last = steps.reduce((above, step) => {
      const isElement = step.startsWith('*')
      return below(isElement ? above.elements : above.members, isElement ? step.slice(2, -1) : step)
    }, tree)
    last.rules.push(rule)
  }
  trees.set(rules, tree)
  return tree
}

const emptyTree = (): RuleTree => ({ rules: [], members: new Map(), elements: new Map() })

function below(trees: Map<string, RuleTree>, step: string): RuleTree {
  const tree = trees.get(step) ?? emptyTree()
  trees.set(step, tree)
  return tree
}

interface Place {
  readonly node: number
  /** Its index in the list of messages, where its path goes through one. */
  readonly message: number | undefined
  /** What it stands in. */
  readonly holder: number
}

interface Walk extends Place {
  readonly tape: JsonTape
  readonly tree: RuleTree
  /** What was found so far. */
  readonly places: ReadonlyMap<StateRule, Place[]>
}

function findPlaces(walk: Walk): void {
  const { tape, tree, node, message, holder, places } = walk
  for (const rule of tree.rules) places.get(rule)?.push({ node, message, holder })
  if (tree.members.size > 0 && tape.kind[node] === JsonKind.object) {
    for (const [name, subtree] of tree.members) {
      const member = memberAt(tape, node, name)
      if (member >= 0) findPlaces({ ...walk, tree: subtree, node: member, holder: node })
    }
  }
  if (tree.elements.size === 0 || tape.kind[node] !== JsonKind.array) return
  let index = 0
  for (const item of elements(tape, node)) {
    const type = tape.kind[item] === JsonKind.object ? memberAt(tape, item, 'type') : -1
    for (const [wanted, subtree] of tree.elements) {
      if (wanted !== '' && !isText(tape, type, wanted)) continue
      findPlaces({ ...walk, tree: subtree, node: item, message: message ?? index, holder: node })
    }
    index += 1
  }
}

const isText = (tape: JsonTape, node: number, text: string): boolean =>
  node >= 0 && tape.kind[node] === JsonKind.string && isNamed(tape, node, text)

/** Null is as good as nothing. */
function hasAny(tape: JsonTape, holder: number, names: readonly string[] = []): boolean {
  if (tape.kind[holder] !== JsonKind.object) return false
  return names.some((name) => {
    const member = memberAt(tape, holder, name)
    return member >= 0 && tape.kind[member] !== JsonKind.null
  })
}

/** The roles of the messages in the list of them, which stands at the top. */
function messageRoles(tape: JsonTape, shape: Shape): (index: number | undefined) => MessageRoles | undefined {
  for (const [name, member] of shape.kind === 'object' ? shape.members : []) {
    const list = member.kind === 'messages' ? memberAt(tape, 0, name) : -1
    if (member.kind !== 'messages' || list < 0 || tape.kind[list] !== JsonKind.array) continue
    const roles = rolesOfMessages(tape, [...elements(tape, list)], member.authors)
    return (index) => (index === undefined ? undefined : roles[index])
  }
  return () => undefined
}

const roleOf = (hides: StateRule['hides'], roles: MessageRoles | undefined): string | undefined =>
  hides === 'author' || hides === 'result' ? roles?.[hides] : hides

/** What the server holds; undefined where the rule's condition does not hold. */
function reasonFor(tape: JsonTape, node: number, { at, when, as }: StateRule): string | undefined {
  const name = as ?? at.slice(at.lastIndexOf('/') + 1)
  const kind = tape.kind[node]
  if (when === undefined) return name
  if (when === 'given') return kind === JsonKind.null ? undefined : name
  if (when === 'true') return kind === JsonKind.true ? name : undefined
  const text = kind === JsonKind.string ? stringAt(tape, node) : undefined
  if (text === undefined) return undefined
  if (when === 'address') return INLINE.test(text) ? undefined : name
  if ('oneOf' in when) return when.oneOf.includes(text) ? text : undefined
  return when.noneOf.includes(text) ? undefined : name
}

/** A text that holds the data itself: a `data:` address, or base64. */
const INLINE = /^(?:data:|[A-Za-z0-9+/=_-]*$)/i
