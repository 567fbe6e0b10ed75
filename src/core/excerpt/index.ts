export { type ExcerptPlace, findExcerpt } from './find-excerpt.ts'
export { leavesOfExcerpt } from './leaves-of-excerpt.ts'
