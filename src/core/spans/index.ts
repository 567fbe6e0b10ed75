export { type Author, type AuthorTable, type MessageRoles, rolesOfMessages } from './authors.ts'
export {
  type CommitmentInput,
  commitmentOf,
  type Direction,
  hashLeaves,
  type SaltedLeaves,
  saltAt,
} from './commitment.ts'
export { type BodySpan, cutJson, MAX_SPANS } from './cut-json.ts'
export {
  type Cut,
  type CutList,
  formatCutList,
  isCut,
  MAX_CUTS,
  type PassageName,
  type PassageText,
  parseCutList,
  type UnplacedPassage,
} from './cut-list.ts'
export {
  contentTypeOf,
  type Header,
  headerRole,
  isBoundedHead,
  queryRole,
  type RequestHead,
  type ResponseHead,
  recordRequestHead,
  recordResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
} from './head.ts'
export {
  BODY_KINDS,
  HEAD_KINDS,
  type Leaf,
  type LeafHashInput,
  type LeafKind,
  type LeafLabel,
  leafHashOf,
  MAX_BODY_LEAVES,
  MAX_HEAD_LEAVES,
  MAX_POINTER,
  SALT_BYTES,
} from './leaf.ts'
export { deriveSalts, type SaltInput, SECRET_BYTES } from './salts.ts'
export { type Shape, type ShapeRole, variantOf } from './shape.ts'
export { cutString, type Piece, type StringToken, unitOffsets } from './string-cuts.ts'
