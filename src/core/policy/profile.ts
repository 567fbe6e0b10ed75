/**
 * The part of CEL that rules are written in (`docs/spec/policy.md`, "The language").
 *
 * Everything that would make a result hang on the machine (time zones, regular expressions, cases of letters), that would
 * let values grow, or that would let a loop run over what no meter has counted, is left out. What is here is walked once,
 * when a rule is compiled.
 *
 * @module
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import { parseTime } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { FACTS, type FactName, isFactName } from './fact-table.ts'
import { MAX_LOOPS, MAX_NEEDLE_LENGTH } from './limits.ts'

export interface RuleProfile {
  /** The facts that it uses, sorted. */
  readonly facts: readonly FactName[]
  readonly nodes: number
  /** Code units of its longest text. */
  readonly needleLength: number
}

/** Why an expression is no rule, and where it says so. */
export class NotInProfile extends Error {
  readonly start: number

  constructor(message: string, { start }: { readonly start: number }) {
    super(message)
    this.start = start
  }
}

/** @throws {NotInProfile} */
export function profileOf(root: ASTNode): RuleProfile {
  const walk = new Walk()
  walk.visit(root, { variables: new Set(), loops: 0 })
  return { facts: [...walk.facts].sort(), nodes: walk.nodes, needleLength: walk.needleLength }
}

const BINARY: ReadonlySet<string> = new Set([
  ...['==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '%', '&&', '||', '[]'],
])
const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])
/** Methods without a loop, and how many arguments they take. */
const METHODS: ReadonlyMap<string, number> = new Map([
  ...(['startsWith', 'endsWith', 'contains'] as const).map((name) => [name, 1] as const),
  ...['size', 'getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getHours'].map(noArguments),
  ...['getMinutes', 'getSeconds', 'getMilliseconds'].map(noArguments),
])

function noArguments(name: string): readonly [string, number] {
  return [name, 0]
}

interface Scope {
  readonly variables: ReadonlySet<string>
  readonly loops: number
}

class Walk {
  readonly facts = new Set<FactName>()
  nodes = 0
  needleLength = 0

  visit(node: ASTNode, scope: Scope): void {
    this.nodes++
    switch (node.op) {
      case 'value':
        this.#literal(node.args, node)
        break
      case 'id':
        this.#name(node.args, node, scope)
        break
      case 'call':
        this.#call(node.args, node, scope)
        break
      case 'rcall':
        this.#method(node.args, node, scope)
        break
      default:
        for (const operand of operandsOf(node)) this.visit(operand, scope)
    }
  }

  #literal(value: unknown, node: ASTNode): void {
    if (typeof value === 'string') this.needleLength = Math.max(this.needleLength, value.length)
    else if (typeof value === 'object' && value !== null) {
      throw new NotInProfile('rules have no bytes and no unsigned numbers', node)
    }
  }

  #name(name: string, node: ASTNode, { variables }: Scope): void {
    if (variables.has(name)) return
    if (!isFactName(name)) throw new NotInProfile(`there is no fact ${name}`, node)
    this.facts.add(name)
  }

  #call([name, args]: readonly [string, readonly ASTNode[]], node: ASTNode, scope: Scope): void {
    const [argument, ...others] = args
    if (argument === undefined || others.length > 0 || !['has', 'size', 'timestamp'].includes(name)) {
      throw new NotInProfile(`rules have no function ${name} with ${args.length} arguments`, node)
    }
    if (name === 'timestamp') requireTime(argument)
    this.visit(argument, scope)
  }

  #method(args: readonly [string, ASTNode, readonly ASTNode[]], node: ASTNode, scope: Scope): void {
    const [name, receiver, given] = args
    if (LOOPS.has(name)) {
      this.#loop(args, node, scope)
      return
    }
    if (METHODS.get(name) !== given.length) {
      throw new NotInProfile(`rules have no method ${name} with ${given.length} arguments`, node)
    }
    if (name === 'contains') requireNeedle(given[0] as ASTNode)
    this.visit(receiver, scope)
    for (const argument of given) this.visit(argument, scope)
  }

  #loop([name, range, given]: readonly [string, ASTNode, readonly ASTNode[]], node: ASTNode, scope: Scope): void {
    const [variable, body, ...others] = given
    if (variable?.op !== 'id' || body === undefined || others.length > 0) {
      throw new NotInProfile(`${name} takes a variable and an expression`, node)
    }
    if (Object.hasOwn(FACTS, variable.args)) throw new NotInProfile(`${variable.args} is a fact already`, variable)
    if (scope.loops >= MAX_LOOPS) throw new NotInProfile(`want at most ${MAX_LOOPS} loops inside one another`, node)
    requireRange(range, scope)
    if (name === 'map') requireSelection(body, variable.args)
    this.nodes++
    this.visit(range, scope)
    this.visit(body, { variables: new Set([...scope.variables, variable.args]), loops: scope.loops + 1 })
  }
}

/** Of an operator. */
function operandsOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case '.':
      return [node.args[0]]
    case '!_':
    case '-_':
      return [node.args]
    case 'list':
    case '?:':
      return node.args
  }
  if (BINARY.has(node.op)) return node.args as readonly [ASTNode, ASTNode]
  throw new NotInProfile(`rules have no ${node.op === 'map' ? '{…}' : node.op}`, node)
}

/** A loop runs over a fact, which is counted each time, over a list written out, or over what such a loop gives. */
function requireRange(range: ASTNode, { variables }: Scope): void {
  let node = range
  while (true) {
    if (node.op === 'list') return
    if (node.op === 'rcall' && (node.args[0] === 'filter' || node.args[0] === 'map')) node = node.args[1]
    else if (node.op === '.' || node.op === '[]') node = node.args[0]
    else if (node.op === 'id' && !variables.has(node.args)) return
    else throw new NotInProfile('a loop runs over a fact, over a list, or over what filter or map gives', range)
  }
}

/** `map` only takes members out, so that no value grows. */
function requireSelection(body: ASTNode, variable: string): void {
  let node = body
  while (node.op === '.') node = node.args[0]
  if (node === body || node.op !== 'id' || node.args !== variable) {
    throw new NotInProfile(`map gives a member of each, such as ${variable}.name`, body)
  }
}

/** The engine reads dates in more forms than one, some of them in the machine's own time zone. */
function requireTime(argument: ASTNode): void {
  const text = argument.op === 'value' && typeof argument.args === 'string' ? argument.args : ''
  try {
    parseTime(text)
  } catch (error) {
    if (!ColophonError.is(error, 'TIME_MALFORMED')) throw error
    throw new NotInProfile('timestamp takes a time such as "2026-01-31T00:00:00.000Z"', argument)
  }
}

/** A search takes at most the product of the two lengths, so one of them is small. */
function requireNeedle(argument: ASTNode): void {
  if (argument.op === 'value' && typeof argument.args === 'string' && argument.args.length <= MAX_NEEDLE_LENGTH) return
  throw new NotInProfile(`contains takes a text of at most ${MAX_NEEDLE_LENGTH} characters, written out`, argument)
}
