import { expect, test } from 'vitest'
import { openApiDocument } from 'terrace/http'
import { fuzz, testClient } from 'terrace/testing'
import type { TestClient } from 'terrace/testing'
import { app } from '../src/app.ts'

/** Many more by `npm run test:fuzz`; `TERRACE_FUZZ_SEED` repeats a run. */
const requests = Number(process.env['TERRACE_FUZZ_REQUESTS'] ?? 5_000)
const seed = Number(process.env['TERRACE_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

async function registered(client: TestClient, deviceId: string): Promise<Readonly<Record<string, string>>> {
  const { json } = await client.post('/v1/auth/register', { deviceId })
  return { authorization: `Bearer ${(json as { token: string }).token}` }
}

test(
  `answers ${requests} requests of two devices by what the document says, never by 5xx, never with the other one's rows (seed ${seed})`,
  { timeout: 120_000 + requests * 20 },
  async () => {
    const { table } = await fuzz({
      document: openApiDocument(app),
      client: () => testClient(app),
      callers: async (client) => [await registered(client, 'one'), await registered(client, 'two')],
      requests,
      seed,
    })
    console.info(`${table}`)
    expect(table.neverSucceeded).toEqual([])
    expect(table.successShare).toBeGreaterThanOrEqual(0.3)
  },
)
