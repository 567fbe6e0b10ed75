export { openGatewayLog } from './open-gateway-log.ts'
export { openLocalLog } from './open-local-log.ts'
export { formatConsistencyProof, type ProvenEntry, proveEntry, proveSince } from './prove.ts'
export type { ReadableLog, ReadCheckpoint } from './readable-log.ts'
