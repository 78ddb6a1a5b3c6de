import { startApp } from 'terrace/app'
import { app } from '../../../apps/blog/src/app.ts'
import { host, poolSize } from '../subject.ts'
import type { StartSubject } from '../subject.ts'

/** The Blog as it would be deployed. */
export const startBlog: StartSubject = async ({ databaseUrl, logTo }) => {
  const pool = { size: poolSize, overflow: 0 }
  const target = logTo === undefined ? {} : { logTo }
  const { url, stop } = await startApp(app, { host, port: 0, databaseUrl, pool, metrics: false, ...target })
  return { port: Number(new URL(url).port), close: stop }
}
