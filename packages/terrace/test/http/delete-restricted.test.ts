import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { group, plain, publicAccess, resource } from '../../src/http/index.ts'
import { graph, identity, model, reference, softDelete, text } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'

const Shelf = model('shelves', { id: identity(), name: text().length(1, 20) })
const Thing = model('things', {
  id: identity(),
  shelfId: reference(Shelf, { onDelete: 'cascade' }),
  ...softDelete(),
})
const Event = model('events', { id: identity(), thingId: reference(Thing, { onDelete: 'keep' }) })
const models = graph({ Shelf, Thing, Event })

const app = createApp({
  title: 'Shelves',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [
    group({ prefix: '', auth: publicAccess('a test') }, [
      resource(class extends CrudService(models.Shelf) {}, { path: '/shelves' }),
      resource(class extends CrudService(models.Thing) {}, { path: '/things' }),
      resource(class extends CrudService(models.Event) {}, { path: '/events' }),
    ]),
  ],
})

let client: TestClient
beforeAll(async () => {
  client = await testClient(app)
})
afterAll(() => client.close())

const made = async (path: string, body: unknown) => ((await client.post(path, body)).json as { readonly id: number }).id

// The client holds each answer against the document.
test('a delete for good is refused where it reaches what history keeps, and the document says so', async () => {
  const shelfId = await made('/shelves', { name: 'top' })
  const thingId = await made('/things', { shelfId })
  await made('/events', { thingId })
  expect(await client.delete(`/things/${thingId}`)).toMatchObject({ status: 204 })
  expect(await client.delete(`/shelves/${shelfId}`)).toMatchObject({ status: 409, json: { code: 'RESTRICTED' } })
})
