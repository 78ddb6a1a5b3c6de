import { expect, test } from 'vitest'
import { openApiDocument } from '../../src/http/index.ts'
import { fuzz, testClient } from '../../src/testing/index.ts'
import { newShelfDevice } from '../shelf/shelf-device.ts'
import { shelfApp } from '../shelf/shelf-app.ts'

/** Many more by `npm run test:fuzz`; `TERRACE_FUZZ_SEED` repeats a run. */
const requests = Number(process.env['TERRACE_FUZZ_REQUESTS'] ?? 1_000)
const seed = Number(process.env['TERRACE_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

test(
  `the shelf app answers ${requests} requests by what its document says, never by 5xx (seed ${seed})`,
  { timeout: 60_000 + requests * 20 },
  async () => {
    const app = shelfApp()
    const { table } = await fuzz({
      document: openApiDocument(app),
      client: () => testClient(app),
      callers: async (client) => {
        const devices = [await newShelfDevice(client), await newShelfDevice(client)]
        return devices.map(({ token }) => ({ authorization: `Bearer ${token}` }))
      },
      requests,
      seed,
    })
    console.info(`${table}`)
    expect(table.neverSucceeded).toEqual([])
    expect(table.successShare).toBeGreaterThanOrEqual(0.3)
  },
)
