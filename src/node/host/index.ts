export { type LoadedModel, loadModelFile, loadShippedModel } from './load-model-file.ts'
export { type Host, type HostOptions, startHost } from './server/index.ts'
