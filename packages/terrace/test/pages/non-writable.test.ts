import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { App } from '../../src/app/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import { nameInWire } from '../../src/dto/index.ts'
import type { ObjectShape, Shape } from '../../src/dto/index.ts'
import type { MountedRoute } from '../../src/http/index.ts'
import type { BoundModel, ModelFact } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { pantryApp, pantryModels } from '../pantry/pantry-app.ts'
import { nestedApp } from './nested-app.ts'
import { nestedModels } from './nested-models.ts'

/** A name that a client must not send at one place of one body. */
interface Forbidden {
  readonly route: MountedRoute
  readonly path: string
  readonly body: unknown
}

/** Every column of the model that a shape leaves out, at every depth of a body; of what is nested, of the child's own model. */
function forbiddenIn(route: MountedRoute, graph: App['graph']): readonly Forbidden[] {
  const found: Forbidden[] = []
  const visit = (shape: Shape, model: ModelFact, at: { path: string; around: (value: unknown) => unknown }): void => {
    if (shape.kind === 'list')
      return visit(shape.item, model, { path: `${at.path}/0`, around: (value) => at.around([value]) })
    if (shape.kind !== 'object') return
    if (isOf(shape, model))
      for (const { name } of model.columns.filter((column) => !shape.fields.has(column.name)))
        for (const key of new Set([name, nameInWire(name, 'snake')]))
          found.push({ route, path: `${at.path}/${key}`, body: at.around({ [key]: valueFor(name) }) })
    for (const field of shape.fields.values())
      if (field.kind === 'nested') {
        const inverse = model.inverses.find((each) => each.name === field.name)
        const child = inverse === undefined ? model : (graph.models[inverse.reference.model] as ModelFact)
        const around = (value: unknown): unknown => at.around({ [field.key]: value })
        visit(field.shape, child, { path: `${at.path}/${field.key}`, around })
      }
  }
  if (route.body !== null && route.model !== null)
    visit(route.body, route.model, { path: '', around: (value) => value })
  return found
}

/** The shape around many items has no columns. */
function isOf(shape: ObjectShape, { column }: ModelFact): boolean {
  return [...shape.fields.keys()].some((name) => Object.hasOwn(column, name))
}

function valueFor(name: string): unknown {
  return name.endsWith('At') ? '2026-01-01T00:00:00.000Z' : randomUUID()
}

const apps = {
  nested: { app: nestedApp(), models: nestedModels, least: 100 },
  pantry: { app: pantryApp(), models: pantryModels, least: 35 },
} as const satisfies Record<string, { app: App; models: { readonly Device: BoundModel }; least: number }>

test.each(Object.keys(apps))('every field that is not to be written is refused on every route: %s', async (name) => {
  const { app, models, least } = apps[name as keyof typeof apps]
  const database = await openDatabase('sqlite::memory:', { models })
  const id = randomUUID()
  await database.session(unscoped('test'), (session) =>
    session.use(Dao(models.Device as never)).create({ id } as never),
  )
  const client = await testClient(app, { as: actingAs(models.Device as never, id as never), database })
  const forbidden = app.routes.flatMap((route) => forbiddenIn(route, app.graph))
  const sent = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'deletionId', 'deviceId'])
  for (const { route, path, body } of forbidden) {
    const url = route.path.replaceAll(/:\w+/g, randomUUID())
    const answer = await client.request(route.method, url, { body })
    const { errors } = answer.json as { readonly errors: readonly { readonly path: string; readonly code: string }[] }
    expect([`${route.method} ${route.path}`, path, answer.status]).toEqual([`${route.method} ${route.path}`, path, 422])
    expect(errors.filter((issue) => issue.path === path).map(({ code }) => code)).toEqual(['UNKNOWN'])
    sent.delete(path.slice(path.lastIndexOf('/') + 1))
  }
  expect(forbidden.length).toBeGreaterThan(least)
  expect([...sent]).toEqual([])
  await client.close()
  await database.close()
})
