export { opaqueDialect, opaqueLeaves, opaqueRequest } from './opaque.ts'
