import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { read } from '../../src/dto/index.ts'
import type { Create } from '../../src/dto/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { group, plain, resource } from '../../src/http/index.ts'
import { CrudService } from '../../src/service/index.ts'
import type { WithNested } from '../../src/service/index.ts'
import { nestedModels as models } from './nested-models.ts'
import { device } from './page-app.ts'

const shopErrors = defineErrors({
  TOO_HEAVY: { kind: 'conflict', en: 'Nobody lifts that', zh: '没人抬得动', remedy: 'Take less', values: {} },
})

export class Pieces extends CrudService(models.Piece) {}

/** A rule of its own, which holds wherever its rows are created. */
export class Portions extends CrudService(models.Portion, { nested: { pieces: Pieces } }) {
  override async create(
    data: WithNested<Create<typeof models.Portion>, typeof models.Portion, { pieces: typeof Pieces }>,
  ) {
    if (data.gramWeight > 5_000) throw shopErrors.TOO_HEAVY()
    return super.create(data)
  }
}

export class Products extends CrudService(models.Product, { nested: { portions: Portions } }) {}

export const nestedApp = (wire: 'camel' | 'snake' = 'camel'): App =>
  createApp({
    title: 'Nested',
    version: '1.0.0',
    models,
    responses: plain,
    errors: shopErrors,
    wire,
    routes: [
      group({ prefix: '/v1', auth: device }, [
        resource(Products, { path: '/products', bulk: true, put: 'replace' }),
        resource(Portions, { path: '/portions', read: read(models.Portion, { except: ['productId'] }) }),
        resource(Pieces, { path: '/pieces' }),
      ]),
    ],
  })
