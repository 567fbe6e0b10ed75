export type {
  BindingRow,
  DeclarationRow,
  DeclarationSummary,
  LoggedStatement,
  OutcomeRow,
  Registry,
  RegistryPages,
  RegistryWrite,
  RunRow,
  RunSummary,
} from './ports.ts'
