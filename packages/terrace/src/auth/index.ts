export { ApiKeyAccess } from './api-key-access.ts'
export type { ApiKeyAccessOptions, ApiKeyServiceClass } from './api-key-access.ts'
export { apiKeyColumns } from './api-key-columns.ts'
export { isApiKeyText } from './api-key-text.ts'
export { ApiKeys } from './api-keys.ts'
export type { ApiKeyHolder, NewApiKey } from './api-keys.ts'
export type { AccessClaims, AccessTokens } from './access-tokens.ts'
export type { AttemptLimit, AttemptPlace, LoginAttempt } from './attempt-limit.ts'
export { DeviceAccess } from './device-access.ts'
export type { DeviceServiceClass } from './device-access.ts'
export { Devices } from './devices.ts'
export { hashedPasswords } from './hashed-passwords.ts'
export { isJwtText } from './is-jwt-text.ts'
export { isSeenDue } from './is-seen-due.ts'
export { OwnerMerge } from './owner-merge.ts'
export type { OwnerMergeClass, OwnerMergeOptions, OwnerMergeService } from './owner-merge.ts'
export { limitAttempts } from './limit-attempts.ts'
export type { AttemptLimitOptions } from './limit-attempts.ts'
export type { IssuedTokens } from './issued-tokens.ts'
export { jwtTokens } from './jwt-tokens.ts'
export type { JwtOptions } from './jwt-tokens.ts'
export type { PasswordOptions } from './password-options.ts'
export { knownPassword, newPassword } from './password-rule.ts'
export type { Passwords, PasswordVerdict } from './passwords.ts'
export { refreshTokenColumns } from './refresh-token-columns.ts'
export type { RefreshTokenColumns } from './refresh-token-columns.ts'
export { equalHashes, hashToken, issueToken, isTokenText } from './token.ts'
export type { TokenAlgorithm } from './token-algorithms.ts'
export type { KeySource, TokenKey } from './token-keys.ts'
export { UserAccess } from './user-access.ts'
export { userCredentials } from './user-credentials.ts'
export type { UserCredentials } from './user-credentials.ts'
export type {
  GivenColumns,
  Login,
  PasswordChange,
  Registration,
  UserAccessOptions,
  UserOperations,
  UserServiceClass,
} from './user-operations.ts'
export { Users } from './users.ts'
