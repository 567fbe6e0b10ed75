export { type CheckpointSigner, signCheckpoint, verifierKeyOf } from './checkpoint-signer.ts'
export { type Log, MAX_ENTRY_SIZE, type OpenLogOptions, type Sequenced } from './log.ts'
export type { CommitGroup, LogStore, StoredLog, StoredTile, TileKey } from './ports.ts'
export { openLog } from './sequencer.ts'
