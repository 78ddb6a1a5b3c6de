export { availabilityOf, engineNames, freshDatabase } from './servers.ts'
export type { Availability, EngineName, TestDatabase } from './servers.ts'
export { testClient } from './test-client.ts'
export type { TestClient, TestClientOptions, TestRequest, TestResponse } from './test-client.ts'
