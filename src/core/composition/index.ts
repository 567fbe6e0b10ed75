export { type ShownSides, showSides } from './finding-sides.ts'
export { compareComposition, type Finding, type FindingKind, type Sent, type Unobservable } from './findings.ts'
export {
  fixedModel,
  type IntendedModel,
  intendedModels,
  MAX_INTENDED,
  MAX_MODEL_NAME,
  type MessageModelName,
  type ModelName,
  type NamedModel,
  namedModel,
  type RecordedModels,
  recordModels,
} from './models.ts'
export { isUnreadMessage, type PartNames, partNamer, partNamesOf } from './part-names.ts'
export { type Part, partsOf } from './parts.ts'
export { policyFinding } from './policy-finding.ts'
export {
  type CompositionResult,
  type RecordedComposition,
  type RecordedFinding,
  type RecordedPolicy,
  type RoleState,
  recordComposition,
  recordedFindings,
} from './recorded.ts'
export { sentOf } from './sent.ts'
