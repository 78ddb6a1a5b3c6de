import { startApp } from 'terrace/app'
import type { StartSubject } from './subject.ts'
import { host, poolSize } from './subject.ts'
import { app } from './terrace-app.ts'

/** The app as it would be deployed: every default but the size of the pool, which all subjects share. */
export const startTerrace: StartSubject = async ({ databaseUrl, logTo }) => {
  const pool = { size: poolSize, overflow: 0 }
  const target = logTo === undefined ? {} : { logTo }
  const { url, stop } = await startApp(app, { host, port: 0, databaseUrl, pool, metrics: false, ...target })
  return { port: Number(new URL(url).port), close: stop }
}
