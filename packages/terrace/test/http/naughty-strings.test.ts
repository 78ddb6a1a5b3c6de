import { expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestResponse } from '../../src/testing/index.ts'
import { newShelfDevice } from '../shelf/shelf-device.ts'
import type { ShelfDevice } from '../shelf/shelf-device.ts'
import { shelfApp, shelfModels } from '../shelf/shelf-app.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { naughtyStrings, noNaughtyStrings } from '../support/naughty-strings.ts'

interface Product {
  readonly id: string
  readonly name: string
  readonly note: string
}

const notesOf = ({ json }: TestResponse) => (json as readonly Product[]).map(({ note }) => note)

async function everyNote(device: ShelfDevice, offset = 0): Promise<readonly string[]> {
  const page = notesOf(await device.send('GET', `/v1/products?limit=100&offset=${offset}`))
  return page.length < 100 ? page : [...page, ...(await everyNote(device, offset + 100))]
}

/** All of them on one engine; the values themselves are compared on every engine by the value suite. */
const sampled = (engine: string) => naughtyStrings().filter((_text, at) => engine === 'sqliteMemory' || at % 10 === 0)

describeEngines(
  'naughty strings',
  (engine) => {
    test.skipIf(noNaughtyStrings !== null)(
      `come back as they went in, through create, patch, filter and list (${noNaughtyStrings ?? 'all of them'})`,
      { timeout: 120_000 },
      async () => {
        const database = await openDatabase((await engine.fresh()).url, { models: shelfModels })
        const client = await testClient(shelfApp(), { database })
        try {
          const device = await newShelfDevice(client)
          for (const [at, text] of sampled(engine.name).entries()) {
            const created = await device.send('POST', '/v1/products', { name: `${at}`, kcal100g: 1, note: text })
            expect([created.status, (created.json as Product).note]).toEqual([201, text])
            const { id } = created.json as Product
            const changed = await device.send('PATCH', `/v1/products/${id}`, { note: `${text}.` })
            expect((changed.json as Product).note).toBe(`${text}.`)
            const found = await device.send('GET', `/v1/products?note=${encodeURIComponent(`${text}.`)}`)
            expect([found.status, notesOf(found)]).toEqual([200, [`${text}.`]])
          }
          const sent = sampled(engine.name).map((text) => `${text}.`)
          expect((await everyNote(device)).toSorted()).toEqual(sent.toSorted())
        } finally {
          await client.close()
          await database.close()
        }
      },
    )
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)
