export { isRole, ROLES, type Role, SENT_ROLES, SEQUENCE_ROLES, type SentRole } from './roles.ts'
