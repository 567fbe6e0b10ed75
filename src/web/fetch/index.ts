export { type CapturingFetch, type CapturingFetchOptions, capturingFetch, type Fetch } from './capturing-fetch.ts'
