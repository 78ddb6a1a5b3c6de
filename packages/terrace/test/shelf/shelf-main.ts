import { serve } from '../../src/app/index.ts'
import { shelfApp } from './shelf-app.ts'

/** The shelf app as a process: what the tests of starting and stopping run. */
const { DATABASE_URL: databaseUrl = '', PORT = '0', DRAIN_MS = '800', UNREADY_MS = '0' } = process.env
const [port, drainMs, unreadyMs] = [PORT, DRAIN_MS, UNREADY_MS].map(Number) as [number, number, number]
await serve(shelfApp(), { databaseUrl, host: '127.0.0.1', port, drainMs, unreadyMs })
