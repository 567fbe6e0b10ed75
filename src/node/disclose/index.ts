export { type MadeDisclosure, makeDisclosure } from './disclose.ts'
export { runIdFor } from './name-run.ts'
export { readRunAtGateway, readRunInFolder, type WholeRun } from './read-run.ts'
