export { type CheckpointSigner, signCheckpoint, verifierKeyOf } from './checkpoint-signer.ts'
export type { CommitGroup, LogStore, StoredLog, StoredTile, TileKey } from './ports.ts'
export { type Log, MAX_ENTRY_SIZE, type OpenLogOptions, openLog, type Sequenced } from './sequencer.ts'
