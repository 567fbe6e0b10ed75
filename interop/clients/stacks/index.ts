export type { ApiName, Stack } from './stack.ts'
export { STACKS } from './stacks.ts'
