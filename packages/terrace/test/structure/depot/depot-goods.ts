import {
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  identity,
  integer,
  model,
  oneOf,
  reference,
  shared,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../../../src/model/index.ts'
import type { Has } from './depot-changes.ts'
import type { Places } from './depot-places.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const
const nobody = { access: shared({ write: 'nobody' }) } as const

/** Ten models: seeds that refer to seeds, conditional uniques, a reference over two columns. */
export function goods(has: Has, { Bin }: Pick<Places, 'Bin'>) {
  const { Category, Unit, Product, ProductUnit } = catalogue(has)
  const { Price, Picture, Hazard, ProductHazard } = labels(has, { Product })
  const { Lot, Movement } = stock(has, { Product, Bin })
  return { Category, Unit, Product, ProductUnit, Price, Picture, Hazard, ProductHazard, Lot, Movement }
}

function catalogue(has: Has) {
  const Category = model(
    'categories',
    {
      id: identity(),
      name: text().length(1, 40),
      parentId: reference('categories', { key: identity() }).nullable(),
    },
    { ...nobody, seeds: [{ name: 'Food' }, { name: 'Fruit', parentId: 1 }, { name: 'Tools' }] },
  )
  const Unit = model(
    'units',
    { code: text().length(1, 8).primaryKey(), factor: decimal(12, 6).default('1') },
    {
      ...nobody,
      seeds: () =>
        Promise.resolve([{ code: 'g' }, { code: 'kg', factor: '1000' }, { code: 'lb', factor: '453.59237' }]),
    },
  )
  const Product = model(
    'products',
    {
      id: uuid().primaryKey(),
      categoryId: reference(Category),
      name: text()
        .length(1, has('productNamesAreLonger') ? 120 : 60)
        .ignoreCase()
        .unique(),
      tags: array(text()).default([]),
      ...(has('productsHaveAWeight') ? { weightGrams: integer().range(0, 1_000_000).default(0) } : {}),
      ...timestamps(),
      ...softDelete(),
    },
    { ...everyone, indexes: [['categoryId', '-name']] },
  )
  const ProductUnit = model(
    'product_units',
    {
      productId: reference(Product, { onDelete: 'cascade' }).primaryKey(),
      unitCode: reference(Unit).primaryKey(),
      isMain: boolean().default(false),
    },
    { ...everyone, uniques: [{ columns: ['productId'], where: { isMain: true } }] },
  )
  return { Category, Unit, Product, ProductUnit }
}

type Products = Pick<ReturnType<typeof catalogue>, 'Product'>

function labels(has: Has, { Product }: Products) {
  const Price = model(
    'prices',
    {
      id: identity(),
      productId: reference(Product, { onDelete: 'cascade' }),
      amount: has('amountsAreNotNegative') ? amountOf(has).range('0', null) : amountOf(has),
      validFrom: date(),
    },
    { ...everyone, uniques: [['productId', 'validFrom']] },
  )
  const isImages = has('picturesAreImages')
  const Picture = model(
    isImages ? 'images' : 'pictures',
    {
      id: identity(),
      productId: reference(Product, { onDelete: 'cascade' }),
      ...(isImages ? { content: bytes().renamedFrom('data') } : { data: bytes() }),
      caption: text().length(0, isImages ? 90 : 30),
    },
    isImages ? { ...everyone, renamedFrom: 'pictures' } : everyone,
  )
  const Hazard = model(
    has('hazardsAreDangers') ? 'dangers' : 'hazards',
    { id: identity(), name: text().length(1, 30), sign: oneOf('fire', 'acid', 'cold') },
    {
      ...everyone,
      ...(has('hazardsAreDangers') ? { renamedFrom: 'hazards' } : {}),
      seeds: [
        { name: 'Burns', sign: 'fire' },
        { name: 'Bites', sign: 'acid' },
        { name: 'Chills', sign: 'cold' },
      ],
    },
  )
  const ProductHazard = model(
    'product_hazards',
    { productId: reference(Product).primaryKey(), hazardId: reference(Hazard).primaryKey() },
    everyone,
  )
  return { Price, Picture, Hazard, ProductHazard }
}

function stock(has: Has, { Product, Bin }: Products & Pick<Places, 'Bin'>) {
  const Lot = model(
    'lots',
    {
      id: identity(),
      productId: reference(Product),
      code: has('lotsMustHaveACode') ? text().length(1, 20) : text().length(1, 20).nullable(),
      bestBefore: date().nullable(),
    },
    everyone,
  )
  const Movement = model(
    'movements',
    {
      id: identity(),
      lotId: reference(Lot),
      binId: reference(Bin),
      quantity: has('movementsCountFurther') ? bigint() : integer(),
      at: timestamp({ precision: 6 }),
    },
    { ...everyone, indexes: [[has('movementsAreReadBackwards') ? '-at' : 'at']] },
  )
  return { Lot, Movement }
}

function amountOf(has: Has) {
  return decimal(has('amountsAreLarger') ? 12 : 8, 2)
}

export type Goods = ReturnType<typeof goods>
