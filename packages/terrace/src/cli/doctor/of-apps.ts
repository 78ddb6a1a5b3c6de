// Loaded by who looks at an app, which has the web server with it; the other commands start without.
export { databaseFindings } from './database-findings.ts'
export { exposureFindings } from './exposure-findings.ts'
export { serviceFindings } from './service-findings.ts'
