import { serve } from '../../src/app/index.ts'
import { idempotentApp, OrderService } from './idempotent-app.ts'

/** Serves orders; one is written and never committed: the process waits to be killed. */
OrderService.gate = () => {
  process.stdout.write('written\n')
  return new Promise(() => setInterval(() => undefined, 1_000))
}
const { DATABASE_URL: databaseUrl = '' } = process.env
await serve(idempotentApp(), { databaseUrl, host: '127.0.0.1', port: 0, metrics: false })
