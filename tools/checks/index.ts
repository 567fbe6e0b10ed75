export { CHECKS } from './checks.ts'
