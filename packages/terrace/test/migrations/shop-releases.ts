import {
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  graph,
  identity,
  integer,
  json,
  model,
  oneOf,
  reference,
  shared,
  text,
  timestamps,
  uuid,
} from '../../src/model/index.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const

/** Two releases of a shop: what the second makes of the first takes a rename, types, rules and a new table. */
export const shopReleases = {
  1: graph({
    Category: model(
      'categories',
      {
        id: identity(),
        name: text().length(1, 40).unique(),
        parentId: reference('categories', { key: identity() }).nullable(),
      },
      everyone,
    ),
    Product: model(
      'products',
      {
        id: uuid().primaryKey(),
        title: text().length(1, 60),
        categoryId: reference('categories', { key: identity() }),
        price: decimal(10, 2).range('0', '9999.99'),
        state: oneOf('new', 'old').default('new'),
        kcal: integer().range(0, 9000).nullable(),
        data: json().nullable(),
        picture: bytes().nullable(),
        sold: date().nullable(),
        isGone: boolean().default(false),
        ...timestamps(),
      },
      { ...everyone, indexes: [['title', '-price']] },
    ),
  }),
  2: graph({
    Category: model(
      'categories',
      {
        id: identity(),
        name: text().length(1, 80).unique(),
        parentId: reference('categories', { key: identity() }).nullable(),
      },
      everyone,
    ),
    Product: model(
      'products',
      {
        id: uuid().primaryKey(),
        name: text().length(1, 90).renamedFrom('title'),
        categoryId: reference('categories', { key: identity() }),
        price: decimal(10, 2).range('0', '9999.99'),
        state: oneOf('new', 'old', 'used').default('new'),
        weight: bigint().default(0n),
        kcal: integer().range(0, 90000).nullable(),
        data: json().nullable(),
        picture: bytes().nullable(),
        sold: date().nullable(),
        isGone: boolean().default(false),
        ...timestamps(),
      },
      { ...everyone, indexes: [['name', '-price']] },
    ),
    Label: model(
      'labels',
      {
        productId: reference('products', { key: uuid() }),
        text: text().length(1, 20),
        id: identity(),
      },
      { ...everyone, uniques: [['productId', 'text']] },
    ),
  }),
} as const
