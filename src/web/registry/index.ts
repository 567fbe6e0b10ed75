export type {
  BindingRow,
  DeclarationRow,
  DeclarationSummary,
  LoggedStatement,
  OutcomeRow,
  Registry,
  RegistryWrite,
  RunRow,
  RunSummary,
} from './ports.ts'
