export { closeLeaf } from './close-leaf.ts'
export {
  type DisclosedDeclaration,
  type DisclosedLeaf,
  type Disclosure,
  formatDisclosure,
  parseDisclosure,
} from './disclosure.ts'
