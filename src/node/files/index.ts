export { readFileBounded } from './read-file-bounded.ts'
export { type WriteFileOptions, writeFileDurably } from './write-file-durably.ts'
