export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
export { type OpenedCheckpoint, openCheckpoint } from './open-checkpoint.ts'
