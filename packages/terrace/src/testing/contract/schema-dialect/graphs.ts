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
  graphOf,
  identity,
  integer,
  json,
  model,
  oneOf,
  owner,
  reference,
  shared,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
  type ModelGraph,
} from '../../../model/index.ts'

const Device = model(
  'devices',
  { id: uuid().primaryKey(), name: text().length(1, 50).default('new'), ...timestamps() },
  { access: actor() },
)

/** Every type of column, with a default where it can have one. */
export function everyType(): ModelGraph {
  const Thing = model('things', {
    id: identity(),
    key: uuid(),
    title: text().length(0, 60).default(`it's a "title" \\ %s ? {x}`),
    note: text().nullable(),
    whole: integer().range(-5, 1_000_000).default(-1),
    small: smallint().default(7),
    big: bigint()
      .range(-(2n ** 62n), 2n ** 62n)
      .default(2n ** 60n),
    price: decimal(12, 3).range('-1.5', '99999.999').default('0.125'),
    ratio: float().range(0, 1.5).default(0.1),
    isOn: boolean().default(true),
    at: timestamp().default(new Date('2026-01-02T03:04:05.678Z')),
    exactAt: timestamp({ precision: 6 }).default('2026-01-02T03:04:05.678901Z'),
    day: date().default('2026-02-28'),
    hour: time().default('23:59:59'),
    data: json().default({ a: [1, "it's", null] }),
    tags: array(text()).default([]),
    raw: bytes().default(new Uint8Array([0, 255])),
    kind: oneOf('plain', "it's", 'größer').default('plain'),
    ...timestamps(),
  })
  return graphOf(graph({ Thing }))
}

/** Owners, unique rules of every sort, indexes in both directions, names that are words of SQL. */
export function ownedModels(): ModelGraph {
  const Product = model(
    'products',
    {
      id: uuid().primaryKey(),
      deviceId: owner(Device, { onDelete: 'cascade' }),
      name: text().length(1, 100).unique(),
      barcode: text().length(1, 20).nullable().unique({ global: true }),
      slug: text().length(1, 40).nullable().ignoreCase().unique(),
      order: integer().nullable(),
      kcal100g: integer().range(0, 1000).column('kcal_100g').default(0),
      isMain: boolean().default(false),
      ...timestamps(),
      ...softDelete(),
    },
    {
      indexes: [['deviceId', '-name'], ['order'], ['-order', 'name']],
      uniques: [{ columns: ['deviceId'], where: { isMain: true } }],
    },
  )
  return graphOf(graph({ Device, Product }))
}

/** Keys that refer to themselves, in a circle, over two columns, and with every action. */
export function referringModels(): ModelGraph {
  const Person = model('people', {
    id: uuid().primaryKey(),
    bestFriendId: reference('people', { key: uuid(), onDelete: 'setNull' }).nullable(),
    homeId: reference('homes', { key: uuid() }).nullable(),
  })
  const Home = model('homes', {
    id: uuid().primaryKey(),
    keeperId: reference('people', { key: uuid(), onDelete: 'cascade' }),
  })
  const Line = model('lines', {
    orderId: integer().primaryKey(),
    position: smallint().primaryKey(),
    label: text().length(1, 10),
  })
  const Note = model(
    'notes',
    { id: identity(), orderId: integer(), position: smallint(), text: text() },
    {
      references: [
        { columns: ['orderId', 'position'], target: Line, targetColumns: ['orderId', 'position'], onDelete: 'cascade' },
      ],
    },
  )
  const Reply = model('replies', { id: identity(), noteId: reference(Note) })
  return graphOf(graph({ Person, Home, Line, Note, Reply }))
}

/** A shared catalogue with seeds, and what refers to it. */
export function seededModels(options: { readonly secondName?: string; readonly portionOf?: number } = {}): ModelGraph {
  const { secondName = 'Pear', portionOf = 1 } = options
  const Food = model(
    'foods',
    {
      id: identity(),
      name: text().length(1, 20).ignoreCase().unique(),
      kcal: integer().range(0, 900).default(50),
      ...timestamps(),
      ...softDelete(),
    },
    {
      access: shared({ write: 'nobody' }),
      seeds: [
        { id: 1, name: 'Apple' },
        { id: 7, name: secondName, kcal: 57 },
      ],
    },
  )
  const Portion = model(
    'portions',
    {
      id: uuid().primaryKey(),
      foodId: reference(Food),
      grams: decimal(8, 1),
      label: text()
        .length(1, 20)
        .default(() => 'made'),
    },
    { access: shared({ write: 'nobody' }), seeds: () => Promise.resolve([{ foodId: portionOf, grams: '100' }]) },
  )
  return graphOf(graph({ Portion, Food }))
}

/** What starters meet: tables in a circle, keys to them, seeds that refer to each other. */
export function startedModels(): ModelGraph {
  const Person = model(
    'people',
    { id: uuid().primaryKey(), homeId: reference('homes', { key: uuid() }).nullable() },
    { access: shared({ write: 'everyone' }) },
  )
  const Home = model(
    'homes',
    { id: uuid().primaryKey(), keeperId: reference('people', { key: uuid() }), rooms: integer().range(1, 99).index() },
    { access: shared({ write: 'everyone' }) },
  )
  const Product = model('products', {
    id: identity(),
    deviceId: owner(Device),
    name: text().length(1, 9).unique(),
    ...softDelete(),
  })
  const Colour = model(
    'colours',
    { id: identity(), name: text().length(1, 9) },
    { access: shared({ write: 'nobody' }), seeds: [{ name: 'red' }, { name: 'blue' }] },
  )
  const Shade = model(
    'shades',
    { id: identity(), colourId: reference(Colour), name: text().length(1, 9) },
    { access: shared({ write: 'nobody' }), seeds: [{ colourId: 1, name: 'ruby' }] },
  )
  return graphOf(graph({ Person, Home, Device, Product, Shade, Colour }))
}
