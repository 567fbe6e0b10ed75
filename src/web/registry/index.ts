export type {
  BindingRow,
  DeclarationRow,
  DeclarationSummary,
  ErasureRow,
  LoggedStatement,
  OutcomeRow,
  Registry,
  RegistryPages,
  RegistryWrite,
  RunRow,
  RunSummary,
} from './ports.ts'
