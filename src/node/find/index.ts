export { contentDigests } from './content-digests.ts'
export { findAtGateway, findInFolder } from './find-runs.ts'
