export { readIdentities } from './read-identities.ts'
