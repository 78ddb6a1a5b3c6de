import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import type { Database } from '../../src/database/index.ts'
import { shape, type WireNames } from '../../src/dto/index.ts'
import { group, plain, publicAccess, resource, route } from '../../src/http/index.ts'
import { graph, integer, model, reference, shared, text, uuid } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { testClient, type TestClient } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'

const access = shared({ write: 'everyone' })
const Shelf = model('shelves', { id: uuid().primaryKey(), label: text().length(1, 40) }, { access })
const Thing = model(
  'things',
  {
    id: uuid().primaryKey(),
    displayName: text().length(1, 40).ignoreCase().unique(),
    unitPrice: integer().range(0, 100),
    shortName: text().length(1, 40).default('none'),
    shelfId: reference(Shelf, { onDelete: 'restrict' }),
    slotNo: integer().nullable(),
    secretCode: text().length(1, 40).nullable().hidden().unique(),
    secretRank: integer().range(0, 9).hidden().default(0),
  },
  { access, uniques: [['shelfId', 'slotNo']] },
)
const models = graph({ Shelf, Thing })

class ThingDao extends Dao(models.Thing) {
  /** What the database alone sees: the validators of the model know the value that is sent, not what it leads to. */
  raise(by: { readonly unitPrice: number; readonly secretRank: number }) {
    return this.query(
      (db) =>
        db.updateTable('things').set((eb) => ({
          unitPrice: eb('unitPrice', '+', by.unitPrice),
          secretRank: eb('secretRank', '+', by.secretRank),
        })),
      { all: true },
    )
  }

  nameAfter(shelfId: string) {
    return this.query(
      (db) =>
        db.updateTable('things').set((eb) => ({
          shortName: eb.selectFrom('shelves').select('label').where('shelves.id', '=', shelfId),
        })),
      { all: true },
    )
  }
}
class Shelves extends CrudService(models.Shelf) {}
class Things extends CrudService(models.Thing) {
  raise(by: { readonly unitPrice: number; readonly secretRank: number }) {
    return this.session.use(ThingDao).raise(by)
  }
  nameAfter(shelfId: string) {
    return this.session.use(ThingDao).nameAfter(shelfId)
  }
  keepSecret(secretCode: string) {
    return this.session.use(ThingDao).updateWhere({ secretCode: null }, { secretCode })
  }
}

const use = { things: Things }
const raise = route('POST /raise', {
  summary: 'Raises all prices',
  body: shape({ unitPrice: integer(), secretRank: integer() }),
  responses: { 204: null },
  use,
  handler: async ({ body, use: { things } }) => void (await things.raise({ ...body })),
})
const rank = route('POST /rank', {
  summary: 'Raises what nobody sees',
  body: shape({ by: integer() }),
  responses: { 204: null },
  use,
  handler: async ({ body, use: { things } }) => void (await things.raise({ unitPrice: 0, secretRank: body.by })),
})
const rename = route('POST /rename', {
  summary: 'Names all after a shelf',
  body: shape({ shortName: uuid() }),
  responses: { 204: null },
  use,
  handler: async ({ body, use: { things } }) => void (await things.nameAfter(body.shortName)),
})
const secret = route('POST /secret', {
  summary: 'Gives all one secret',
  body: shape({ word: text() }),
  responses: { 204: null },
  use,
  handler: async ({ body, use: { things } }) => void (await things.keepSecret(body.word)),
})

const appOf = (wire: WireNames) =>
  createApp({
    title: 'Things',
    version: '1.0.0',
    models,
    wire,
    responses: plain,
    routes: [
      group({ auth: publicAccess('a test') }, [
        resource(Shelves, { path: '/shelves' }),
        resource(Things, { path: '/things' }),
        raise,
        rank,
        rename,
        secret,
      ]),
    ],
  })

const nowhere = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'

describeEngines(
  'constraint errors',
  (engine) => {
    let database: Database
    const clients = new Map<WireNames, TestClient>()
    beforeAll(async () => {
      database = await openDatabase((await engine.fresh()).url, { models })
      for (const wire of ['camel', 'snake'] as const)
        clients.set(wire, await testClient(appOf(wire), { database, log: 'silent', conform: false }))
    })
    afterAll(async () => {
      for (const client of clients.values()) await client.close()
      await database.close()
    })

    test.each(['camel', 'snake'] as const)(
      'X4: name the fields that were sent, in %s case, and no other',
      async (wire) => {
        const client = clients.get(wire) as TestClient
        const named = (camel: string, snake: string): string => (wire === 'camel' ? camel : snake)
        const [name, short, price, shelf, slot] = [
          named('displayName', 'display_name'),
          named('shortName', 'short_name'),
          named('unitPrice', 'unit_price'),
          named('shelfId', 'shelf_id'),
          named('slotNo', 'slot_no'),
        ]
        const { id: shelfId } = (await client.post('/shelves', { label: wire })).json as { readonly id: string }
        const thing = { [name]: `Bread ${wire}`, [price]: 90, [shelf]: shelfId, [slot]: 1 }
        const answer = async (path: string, body: unknown, language = 'en') => {
          const { status, json } = await client.post(path, body, { 'accept-language': language })
          expect(JSON.stringify(json ?? null)).not.toMatch(/secret|constraint|uq_|ck_|fk_|sql/i)
          return [status, json]
        }
        const issue = (path: string, code: string, message: string) => ({ in: 'body', path, code, message })
        expect((await client.post('/things', thing)).status).toBe(201)
        expect((await client.post('/things', { ...thing, [name]: `Salt ${wire}`, [slot]: 2 })).status).toBe(201)

        expect(await answer('/things', { ...thing, [name]: `BREAD ${wire}`, [slot]: 3 })).toEqual([
          409,
          {
            detail: `A Thing with the same ${name} exists`,
            code: 'UNIQUE',
            errors: [issue(`/${name}`, 'UNIQUE', 'is taken')],
          },
        ])
        expect(await answer('/things', { ...thing, [name]: 'Butter' }, 'zh')).toEqual([
          409,
          {
            detail: `已存在 ${shelf}, ${slot} 相同的 Thing`,
            code: 'UNIQUE',
            errors: [issue(`/${shelf}`, 'UNIQUE', '已被占用'), issue(`/${slot}`, 'UNIQUE', '已被占用')],
          },
        ])
        expect(await answer('/things', { ...thing, [name]: 'Butter', [slot]: 4, [shelf]: nowhere })).toMatchObject([
          422,
          {
            detail: `${shelf} of Thing refers to a Shelf that does not exist`,
            code: 'REFERENCE_MISSING',
            errors: [issue(`/${shelf}`, 'REFERENCE', 'refers to a Shelf that does not exist')],
          },
        ])
        const removed = await client.delete(`/shelves/${shelfId}`)
        expect([removed.status, removed.json]).toEqual([
          409,
          { detail: 'A Shelf is still referred to by Thing', code: 'RESTRICTED' },
        ])

        const ranked = named('secretRank', 'secret_rank')
        const check = await client.post('/raise', { [price]: 20, [ranked]: 0 })
        expect([check.status, check.json]).toEqual([
          422,
          {
            detail: 'Validation error',
            code: 'VALIDATION',
            errors: [issue(`/${price}`, 'RANGE', 'must be from 0 to 100')],
          },
        ])
        expect(await answer('/rename', { [short]: nowhere })).toEqual([
          422,
          { detail: 'Validation error', code: 'VALIDATION', errors: [issue(`/${short}`, 'NULL', 'must not be null')] },
        ])
      },
    )

    test.each(['camel', 'snake'] as const)(
      'say nothing of a column that the client does not know, in %s case',
      async (wire) => {
        const client = clients.get(wire) as TestClient
        const rankedTooHigh = await client.post('/rank', { by: 50 })
        expect([rankedTooHigh.status, rankedTooHigh.json]).toEqual([
          422,
          {
            detail: 'Validation error',
            code: 'VALIDATION',
            errors: [{ in: 'body', path: '', code: 'RANGE', message: 'leads to a value that breaks a rule' }],
          },
        ])
        const second = await client.post('/secret', { word: 'open sesame' })
        expect([second.status, second.json]).toEqual([
          409,
          { detail: 'A Thing with the same unique value exists', code: 'UNIQUE' },
        ])
      },
    )
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
