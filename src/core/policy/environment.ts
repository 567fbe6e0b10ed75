/**
 * The facts as CEL sees them: types, variables, and values that are read through a meter.
 *
 * Everything goes through what the engine offers for it: types with constructors, whose members are getters here, and a
 * context whose variables are getters too. So whatever a rule reads is counted, each time that it reads it.
 *
 * @module
 */
import { type Context, Environment } from '@marcbachmann/cel-js'
import { type CelValue, sizeOfValue } from './cel-value.ts'
import { FACT_TYPES, FACTS, type FactTypeName } from './fact-table.ts'
import { MAX_DEPTH, MAX_NODES } from './limits.ts'
import type { Meter } from './meter.ts'
import type { FindingFacts, PartFacts, RequestFacts, ResponseFacts, RunFacts } from './run-facts.ts'

/** A value of one of our types: its members, each made when it is read. Undefined ones are not there. */
abstract class Members {
  constructor(members: object) {
    Object.defineProperties(this, Object.getOwnPropertyDescriptors(members))
  }
}

class FindingValue extends Members {}
class ModelsValue extends Members {}
class OutputValue extends Members {}
class PartValue extends Members {}
class ResponseValue extends Members {}
class ToolValue extends Members {}

const CONSTRUCTORS = {
  Finding: FindingValue,
  Models: ModelsValue,
  Output: OutputValue,
  Part: PartValue,
  Response: ResponseValue,
  Tool: ToolValue,
} as const satisfies Record<FactTypeName, typeof Members>

export const ruleEnvironment: Environment = makeEnvironment()

function makeEnvironment(): Environment {
  const limits = {
    maxAstNodes: MAX_NODES,
    maxDepth: MAX_DEPTH,
    maxListElements: MAX_NODES,
    maxMapEntries: 0,
    maxCallArguments: 2,
  }
  const environment = new Environment({ unlistedVariablesAreDyn: false, enableOptionalTypes: false, limits })
  for (const [name, members] of Object.entries(FACT_TYPES)) {
    const fields = Object.fromEntries(Object.entries(members).map(([field, { type }]) => [field, type]))
    environment.registerType(name, { ctor: CONSTRUCTORS[name as FactTypeName], fields })
  }
  for (const [name, { type }] of Object.entries(FACTS)) environment.registerVariable(name, type)
  return environment
}

/** @param meter of one evaluation */
export function contextOf(facts: RunFacts, meter: Meter): Context {
  const { binding, request, findings, response } = facts
  const partValues = countedList(request?.parts, partValue, meter)
  const toolValues = countedList(request?.tools, toolValue, meter)
  const findingValues = countedList(findings, findingValue, meter)
  return {
    get boundAt() {
      // biome-ignore lint/style/noRestrictedGlobals: the engine's form of a time that is given, not of now
      return new Date(binding.boundAtMs)
    },
    get dialect() {
      return meter.text(binding.dialect)
    },
    get endpoint() {
      return meter.text(binding.endpoint)
    },
    get findings() {
      return findingValues()
    },
    get method() {
      return read(request?.method, meter)
    },
    get models() {
      return request === undefined || facts.intended === undefined
        ? undefined
        : modelsValue(request.requested, facts.intended, meter)
    },
    get parameters() {
      return request === undefined ? undefined : parametersValue(request, meter)
    },
    get parts() {
      return partValues()
    },
    get path() {
      return read(request?.path, meter)
    },
    get response() {
      return response === undefined ? undefined : responseValue(response, meter)
    },
    get roles() {
      return request === undefined ? undefined : rolesValue(request, meter)
    },
    get selfContained() {
      return request?.selfContained
    },
    get tools() {
      return toolValues()
    },
  }
}

/** Counted each time, made once. */
function countedList<T, V>(
  items: readonly T[] | undefined,
  make: (item: T, meter: Meter) => V,
  meter: Meter,
): () => readonly V[] | undefined {
  let made: readonly V[] | undefined
  return () => {
    if (items === undefined) return undefined
    meter.items(items.length)
    made ??= items.map((item) => make(item, meter))
    return made
  }
}

const read = (text: string | undefined, meter: Meter): string | undefined =>
  text === undefined ? undefined : meter.text(text)

const findingValue = ({ role, name, finding }: FindingFacts, meter: Meter): FindingValue =>
  new FindingValue({
    role,
    finding,
    get name() {
      return meter.text(name)
    },
  })

const modelsValue = (requested: string | undefined, intended: readonly string[], meter: Meter): ModelsValue =>
  new ModelsValue({
    get intended() {
      meter.items(intended.length)
      return intended.map((name) => meter.text(name))
    },
    get requested() {
      return read(requested, meter)
    },
  })

const partValue = (part: PartFacts, meter: Meter): PartValue =>
  new PartValue({
    role: part.role,
    encoding: part.encoding,
    bytes: BigInt(part.bytes),
    get name() {
      return meter.text(part.name)
    },
    get text() {
      return meter.text(part.text())
    },
    get digest() {
      meter.units(part.bytes)
      return part.digest()
    },
  })

const toolValue = ({ name, type }: RequestFacts['tools'][number], meter: Meter): ToolValue =>
  new ToolValue({
    get name() {
      return meter.text(name)
    },
    get type() {
      return meter.text(type)
    },
  })

function parametersValue({ parameters }: RequestFacts, meter: Meter): object {
  meter.items(parameters.size)
  const value = Object.create(null)
  for (const [name, parameter] of parameters) {
    Object.defineProperty(value, name, { enumerable: true, get: () => counted(parameter(), meter) })
  }
  return value
}

function counted(value: CelValue, meter: Meter): CelValue {
  const { items, units } = sizeOfValue(value)
  meter.units(units)
  meter.items(items)
  return value
}

function rolesValue({ roles }: RequestFacts, meter: Meter): object {
  meter.items(roles.size)
  return Object.assign(Object.create(null), Object.fromEntries(roles))
}

const responseValue = (response: ResponseFacts, meter: Meter): ResponseValue =>
  new ResponseValue({
    status: BigInt(response.status),
    get model() {
      return read(response.model, meter)
    },
    get finishReasons() {
      meter.items(response.finishReasons.length)
      return response.finishReasons.map((reason) => meter.text(reason))
    },
    get outputs() {
      meter.items(response.outputs.length)
      return response.outputs.map(
        ({ choice, text }) =>
          new OutputValue({
            choice: BigInt(choice),
            get text() {
              return meter.text(text())
            },
          }),
      )
    },
  })
