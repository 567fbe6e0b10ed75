export {
  BUNDLE_MEDIA_TYPE,
  type Bundle,
  type BundleEntry,
  type BundleProof,
  formatBundle,
  MAX_BUNDLE_SIZE,
  parseBundle,
} from './bundle.ts'
