export type { NamedPassage } from '../../core/passages/index.ts'
export type { SealedRun } from '../../web/capture/index.ts'
export { type Colophon, type ColophonOptions, openColophon } from './open-colophon.ts'
