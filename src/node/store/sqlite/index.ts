export { SCHEMA_VERSION } from './migrations.ts'
export { openSqliteStore, SqliteStore } from './sqlite-store.ts'
