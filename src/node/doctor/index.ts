export { examine } from './examine.ts'
export { DOCTOR_CHECKS, type DoctorCheck, type Finding, type FindingStatus } from './finding.ts'
