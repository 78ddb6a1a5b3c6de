export { availabilityOf, engineNames, freshDatabase } from './servers.ts'
export type { Availability, EngineName, TestDatabase } from './servers.ts'
