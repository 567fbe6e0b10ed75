export {
  ENTRY_KIND,
  ENTRY_VERSION,
  formatEntry,
  type HashedRekord,
  MAX_ENTRY_SIZE,
  parseEntry,
} from './entry.ts'
