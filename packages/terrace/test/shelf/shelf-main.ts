import { serve } from '../../src/app/index.ts'
import { shelfApp } from './shelf-app.ts'

/** The shelf app as a process: what the tests of starting and stopping run. */
const { DATABASE_URL: databaseUrl = '', PORT = '0', DRAIN_MS = '800' } = process.env
await serve(shelfApp(), { databaseUrl, host: '127.0.0.1', port: Number(PORT), drainMs: Number(DRAIN_MS) })
