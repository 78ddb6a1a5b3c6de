export { defineErrors } from './define-errors.ts'
export type { DeclaredError, ErrorFactory, ErrorRegister } from './define-errors.ts'
export {
  AuthenticationError,
  ConflictError,
  DeclarationError,
  MisuseError,
  NotFoundError,
  PermissionError,
  StructureError,
  UnavailableError,
  UpstreamError,
  ValidationError,
} from './domain-errors.ts'
export type { ErrorKind } from './error-kind.ts'
export { issueIn, issueText } from './issue-text.ts'
export type { IssueText, IssueTextName } from './issue-text.ts'
export { errors } from './register.ts'
export { TerraceError } from './terrace-error.ts'
export type { ErrorDefinition, ErrorDetails, ErrorValues, Issue, Language } from './terrace-error.ts'
