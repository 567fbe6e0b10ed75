export { type CheckpointSigner, signCheckpoint, verifierKeyOf } from './checkpoint-signer.ts'
export { type Log, MAX_ENTRY_SIZE, type OpenLogOptions, type Sequenced } from './log.ts'
export { openLog } from './open-log.ts'
export type {
  CommitGroup,
  LogHead,
  LogReads,
  LogStore,
  SignedHead,
  StoredLog,
  StoredTile,
  TileKey,
} from './ports.ts'
export { type PublishedFileInput, publishedSize, readPublishedFile } from './published-file.ts'
export { type FetchFile, type LogOverHttp, type ReadLogOptions, readLogOver } from './read-log-over.ts'
export type { HeadRelation } from './relate-head.ts'
export { type ResumedLog, type ResumeLogInput, resumeLog } from './resume-log.ts'
