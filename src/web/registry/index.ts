export { type AskedQuery, formatAskedQuery, INDEXED_ROLES, queryOf, readAskedQuery } from './asked-query.ts'
export type {
  BindingRow,
  DeclarationRow,
  DeclarationSummary,
  ErasureRow,
  LoggedStatement,
  OutcomeRow,
  PartRow,
  Registry,
  RegistryPages,
  RegistryWrite,
  RunRow,
  RunSummary,
} from './ports.ts'
export {
  type FoundPart,
  type FoundRun,
  type FoundRuns,
  matchRun,
  type PartCondition,
  type RunQuery,
} from './run-query.ts'
