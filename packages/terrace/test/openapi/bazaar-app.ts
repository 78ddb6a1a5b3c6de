import { Type } from 'typebox'
import { z } from 'zod'
import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { computed, fromJsonSchema, list, nullable, optional, read, shape } from '../../src/dto/index.ts'
import type { WireNames } from '../../src/dto/index.ts'
import { defineErrors, errors } from '../../src/errors/index.ts'
import { authentication, bearer, content, group, plain, publicAccess, resource, route } from '../../src/http/index.ts'
import type { ResponseStyle } from '../../src/http/index.ts'
import {
  actor,
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  oneOf,
  owner,
  ownedThrough,
  reference,
  shared,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'

const User = model('users', { id: uuid().primaryKey(), email: text().length(3, 200).email() }, { access: actor() })
const Shop = model('shops', { id: uuid().primaryKey(), name: text().length(1, 50) }, { access: actor() })

/** A column of each type, with each rule and without an example. */
const Sample = model(
  'samples',
  {
    id: uuid().primaryKey(),
    shopId: owner(Shop, { read: 'everyone', readable: true, inverse: 'samples' }),
    label: text().length(2, 40).ignoreCase().unique().describe('As it is printed'),
    code: text()
      .length(3, 3)
      .pattern(/^[A-Z]{3}$/),
    serial: text()
      .length(1, 30)
      .pattern(/^SN-\d{4}-[a-f]+$/)
      .nullable(),
    contact: text().length(3, 200).email().nullable(),
    note: text().nullable(),
    count: integer().range(3, 9),
    little: smallint(),
    large: bigint().range(10n, null),
    price: decimal(9, 2).range('0.99', '100'),
    ratio: float().range(0, 1),
    isOpen: boolean().default(false),
    seenAt: timestamp(),
    exactAt: timestamp({ precision: 6 }).nullable(),
    day: date(),
    at: time(),
    extra: json().nullable(),
    tags: array(text().length(1, 20)),
    photo: bytes().nullable(),
    size: oneOf('small', 'large').default('small').example('large'),
    pin: text().length(4, 4).writeOnly().nullable(),
    margin: integer().hidden().default(7),
    parentId: reference('samples', { key: uuid(), inverse: 'children' }).nullable(),
    ...timestamps(),
    ...softDelete(),
  },
  { describe: 'What a shop shows of a thing.' },
)
const Review = model(
  'reviews',
  {
    id: identity(),
    sampleId: reference(Sample, { inverse: 'reviews', onDelete: 'cascade' }),
    stars: integer().range(1, 5).example(4),
    ...softDelete(),
  },
  { access: ownedThrough('sampleId') },
)
const Place = model('places', {
  aisle: text().length(1, 10).primaryKey(),
  shelfNo: integer().range(1, 99).primaryKey(),
  shopId: owner(Shop),
  sampleId: reference(Sample, { onDelete: 'restrict' }).nullable(),
})
const Country = model(
  'countries',
  { code: text().length(2, 2).primaryKey().example('DE'), name: text().length(1, 50) },
  { access: shared({ write: { role: 'editor' } }) },
)

export const bazaarModels = graph({ User, Shop, Sample, Review, Place, Country })

class Samples extends CrudService(bazaarModels.Sample) {}
class Reviews extends CrudService(bazaarModels.Review) {}
class Places extends CrudService(bazaarModels.Place) {}
class Countries extends CrudService(bazaarModels.Country) {}

const bazaarErrors = defineErrors({
  SOLD_OUT: {
    kind: 'conflict',
    en: '{name} is sold out',
    zh: '{name} 已售罄',
    remedy: 'Wait',
    values: { name: 'Tea' },
  },
  CLOSED: { kind: 'permission', en: 'The shop is closed', zh: '已打烊', remedy: 'Come back later', values: {} },
})

const user = authentication('user', {
  scheme: bearer(),
  verify: ({ token }) => Promise.resolve({ id: token }),
  actor: (row) => ({ User: row.id }),
  roles: () => ['editor'],
})
const shop = authentication('shop', {
  scheme: bearer(),
  verify: ({ token }) => Promise.resolve({ id: token }),
  actor: (row) => ({ Shop: row.id }),
})

const Basket = Type.Object(
  { items: Type.Array(Type.Object({ code: Type.String({ minLength: 1 }), count: Type.Integer({ minimum: 1 }) })) },
  { additionalProperties: false, examples: [{ items: [{ code: 'ABC', count: 2 }] }] },
)
const Category = z.object({
  name: z.string().min(1),
  get children() {
    return z.array(Category)
  },
})
const branch = fromJsonSchema<{ readonly name: string }>(
  {
    type: 'object',
    properties: { name: { type: 'string' }, twigs: { type: 'array', items: { $ref: '#/$defs/twig' } } },
    required: ['name'],
    $defs: { twig: { type: 'object', properties: { length: { type: 'integer' }, of: { $ref: '#' } } } },
  },
  { name: 'Branch' },
)

const order = route('POST /orders', {
  summary: 'Order what is in a basket',
  description: 'Takes it at once.\n\n- nothing is reserved',
  body: Basket,
  responses: {
    200: shape({
      total: decimal(9, 2),
      sample: nullable(read(bazaarModels.Sample, { name: 'SampleLine', only: ['id', 'label'] })),
      remark: optional(text()),
    }),
    202: null,
  },
  errors: [bazaarErrors.SOLD_OUT, bazaarErrors.CLOSED],
  handler: () => {
    throw bazaarErrors.CLOSED()
  },
})

const tree = route('POST /categories/tree', {
  summary: 'Keep a tree of categories',
  body: Category,
  responses: { 201: branch },
  handler: ({ body }) => ({ name: body.name }),
})

const settings = shape(
  { theme: text().length(1, 20).default('light'), size: integer().default(1) },
  { name: 'Settings' },
)
const keep = route('PUT /settings/:area', {
  summary: 'Keep settings',
  params: shape({ area: integer().range(1, 9) }),
  body: settings,
  responses: { 200: settings },
  handler: ({ body }) => body,
})

const csv = route('GET /samples/export', {
  summary: 'All samples as a table',
  query: shape({ since: date().describe('The first day').example('2026-02-05'), isOpen: boolean().nullable() }),
  responses: { 200: content('text/csv') },
  deprecated: { since: '2026-01-31', sunset: '2026-12-31' },
  handler: () => 'code\n',
})

const hello = route('GET /hello', {
  summary: 'Say hello',
  auth: publicAccess('says nothing about anybody'),
  responses: { 200: list(shape({ greeting: text() })) },
  handler: () => [{ greeting: 'hello' }],
})

const health = shape({ day: date(), ratio: float() })
const summary = route('GET /samples/summary', {
  summary: 'Samples by day',
  responses: { 200: list(health) },
  handler: () => [],
})

/** An app with whatever can stand in a document: every type of column, shapes of each kind, owners, roles, what is deprecated. */
export function bazaarApp({ responses = plain, wire = 'camel' }: Partial<BazaarOptions> = {}): App {
  const detail = read(bazaarModels.Sample, {
    computed: { halfPrice: computed(float(), ({ price }) => Number(price) / 2) },
    as: { isOpen: 'open' },
  })
  return createApp({
    title: 'Bazaar <"&> API',
    version: '2.1.0-rc.1',
    info: {
      description: 'Everything that a document can say.',
      contact: { name: 'Bazaar', email: 'bazaar@example.com' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    models: bazaarModels,
    responses,
    wire,
    errors: bazaarErrors,
    routes: [
      group({ prefix: '/v1', auth: shop }, [
        hello,
        resource(Samples, {
          path: '/samples',
          put: 'replace',
          read: { list: read(bazaarModels.Sample, { name: 'SampleLine', only: ['id', 'label'] }), detail },
          errors: [errors.VALIDATION],
        }),
        resource(Reviews, { path: '/reviews', put: 'merge' }),
        resource(Places, { path: '/places' }),
        group({}, { order, tree, keep, csv, summary }),
      ]),
      group({ prefix: '/v2', auth: user, roles: ['editor', 'admin'], deprecated: { since: '2026-01-31' } }, [
        resource(Countries, { path: '/countries' }),
      ]),
    ],
  })
}

export interface BazaarOptions {
  readonly responses: ResponseStyle
  readonly wire: WireNames
}
