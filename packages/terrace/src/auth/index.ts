export { DeviceAccess } from './device-access.ts'
export type { DeviceServiceClass } from './device-access.ts'
export { Devices } from './devices.ts'
export { equalHashes, hashToken, issueToken, isTokenText } from './token.ts'
