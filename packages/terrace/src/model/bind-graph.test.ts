import { describe, expect, it } from 'vitest'
import {
  actor,
  bigint,
  graph,
  graphOf,
  identity,
  integer,
  model,
  oneOf,
  owner,
  ownedThrough,
  reference,
  shared,
  softDelete,
  text,
  timestamps,
  uuid,
} from './index.ts'

const Device = model(
  'devices',
  { id: text().length(1, 100).primaryKey(), ...timestamps(), ...softDelete() },
  { access: actor() },
)
const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device, { inverse: 'products' }),
    name: text().length(1, 100).unique(),
    kcal100g: integer().range(0, 1000).column('kcal_100g'),
    barcode: text().length(1, 20).nullable().unique({ global: true }),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['deviceId', '-name']] },
)
const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    name: text().length(1, 50).ignoreCase().unique(),
    size: oneOf('small', 'large').default('small'),
  },
  { access: ownedThrough('productId') },
)
const Food = model(
  'foods',
  { id: identity(), ean: bigint().unique().nullable() },
  { access: shared({ write: 'nobody' }) },
)
const declared = { Portion, Product, Device, Food }
const models = graph(declared)
const { fact } = models.Product

describe('graph()', () => {
  it('gives each model its name, its facts and the graph, and keeps what was declared', () => {
    expect(Object.keys(models)).toEqual(['Portion', 'Product', 'Device', 'Food'])
    expect(models.Product.name).toBe('Product')
    expect(models.Product.columns).toBe(Product.columns)
    expect(models.Product.graph).toBe(graphOf(models))
    expect(models.Product.graph.models['Product']).toBe(fact)
    expect(models.Product.graph.tables['products']).toBe(fact)
  })

  it('has facts for what it returned and for nothing else', () => {
    expect(graphOf(graph({}))).toMatchObject({ referenceOrder: [], isScoped: false })
    expect(() => graphOf({ ...models })).toThrow('models: graph() did not return them')
  })

  it('binds a model in several graphs, also one that is bound already', () => {
    const again = graph({ Owner: models.Device, Item: models.Product })
    expect(again.Item.fact.access).toMatchObject({ kind: 'owned', owner: 'Owner' })
    expect(fact.access).toMatchObject({ kind: 'owned', owner: 'Device' })
  })

  it('maps properties to columns and names constraints after the properties', () => {
    expect(fact.columns.map((column) => [column.name, column.sqlName])).toEqual([
      ['id', 'id'],
      ['deviceId', 'device_id'],
      ['name', 'name'],
      ['kcal100g', 'kcal_100g'],
      ['barcode', 'barcode'],
      ['createdAt', 'created_at'],
      ['updatedAt', 'updated_at'],
      ['deletedAt', 'deleted_at'],
      ['deletionId', 'deletion_id'],
    ])
    expect(fact.primaryKey).toEqual({ name: 'pk_products', columns: ['id'] })
    expect(fact.checks.map(({ name }) => name)).toEqual([
      'ck_products_name_length',
      'ck_products_kcal100g_range',
      'ck_products_barcode_length',
    ])
    expect(models.Portion.fact.checks.map(({ name }) => name)).toEqual([
      'ck_portions_name_length',
      'ck_portions_size_one_of',
    ])
    expect(fact.references.map(({ name }) => name)).toEqual(['fk_products_device_id_devices'])
  })

  it('keeps unique rules within the owner or the parent and over alive rows, unless they are global', () => {
    expect(fact.uniques).toEqual([
      { name: 'uq_products_name', columns: ['name'], within: ['deviceId'], aliveOnly: true, where: null },
      { name: 'uq_products_barcode', columns: ['barcode'], within: [], aliveOnly: false, where: null },
    ])
    expect(models.Portion.fact.uniques).toEqual([
      { name: 'uq_portions_name', columns: ['name'], within: ['productId'], aliveOnly: false, where: null },
    ])
    expect(models.Food.fact.uniques[0]).toMatchObject({ within: [], aliveOnly: false })
  })

  it('does not repeat the owner in a unique rule that names it', () => {
    const Setting = model(
      'settings',
      { id: uuid().primaryKey(), deviceId: owner(Device).unique(), key: text().length(1, 9) },
      { uniques: [['deviceId', 'key']] },
    )
    expect(graph({ Device, Setting }).Setting.fact.uniques).toEqual([
      { name: 'uq_settings_device_id', columns: ['deviceId'], within: [], aliveOnly: false, where: null },
      { name: 'uq_settings_device_id_key', columns: ['deviceId', 'key'], within: [], aliveOnly: false, where: null },
    ])
  })

  it('adds an index to a reference that no key, whole unique rule or index begins with', () => {
    expect(fact.indexes).toEqual([
      {
        name: 'ix_products_device_id_name',
        columns: [
          { column: 'deviceId', direction: 'asc' },
          { column: 'name', direction: 'desc' },
        ],
      },
    ])
    const Part = model('parts', {
      id: uuid().primaryKey(),
      first: reference(Product).unique(),
      second: reference(Product).index(),
      third: reference(Product),
      fourth: reference(Product).unique(),
      ...softDelete(),
    })
    const names = (part: typeof Part): readonly string[] =>
      graph({ Product: plainProduct, Part: part }).Part.fact.indexes.map(({ name }) => name)
    expect(names(Part)).toEqual(['ix_parts_second', 'ix_parts_first', 'ix_parts_third', 'ix_parts_fourth'])
    const { deletedAt: _, deletionId: __, ...kept } = Part.columns
    expect(
      graph({ Product: plainProduct, Part: model('parts', kept) }).Part.fact.indexes.map(({ name }) => name),
    ).toEqual(['ix_parts_second', 'ix_parts_third'])
  })

  it('serves a reference by a unique rule within the parent key, which leads it', () => {
    expect(models.Portion.fact.indexes).toEqual([])
  })

  it('says who sees the rows of each model', () => {
    expect(graphOf(models).isScoped).toBe(true)
    expect(models.Device.fact.access).toEqual({ kind: 'actor' })
    expect(fact.access).toEqual({ kind: 'owned', column: 'deviceId', owner: 'Device', read: 'owner', readable: false })
    expect(models.Portion.fact.access).toEqual({ kind: 'ownedThrough', reference: models.Portion.fact.references[0] })
    expect(models.Food.fact.access).toEqual({ kind: 'shared', write: 'nobody' })
    expect(graph({ Product: plainProduct }).Product.fact.access).toEqual({ kind: 'open' })
    expect(graphOf(graph({ Product: plainProduct })).isScoped).toBe(false)
  })

  it('names both sides of a reference and knows a one-to-one', () => {
    expect(fact.inverses).toEqual([{ name: 'portions', reference: models.Portion.fact.references[0] }])
    expect(fact.inverses[0]?.reference).toMatchObject({
      as: 'product',
      targetColumns: ['id'],
      isOneToOne: false,
      onDelete: 'cascade',
    })
    const Profile = model('profiles', { deviceId: owner(Device, { inverse: 'profile' }).primaryKey() })
    const Badge = model('badges', { id: uuid().primaryKey(), holder: owner(Device, { inverse: 'badge' }).unique() })
    const bound = graph({ Device, Profile, Badge })
    expect(bound.Device.fact.inverses.map((side) => [side.name, side.reference.as, side.reference.isOneToOne])).toEqual(
      [
        ['profile', 'device', true],
        ['badge', null, true],
      ],
    )
  })

  it('resolves references to itself, around a circle and by several columns', () => {
    const Category = model('categories', {
      id: identity(),
      parentId: reference('categories', { key: identity(), inverse: 'children' }).nullable(),
    })
    const Shelf = model('shelves', { room: text().length(1, 9).primaryKey(), no: integer().primaryKey() })
    const Book = model(
      'books',
      { id: uuid().primaryKey(), room: text().length(1, 9), shelfNo: integer() },
      {
        references: [
          { columns: ['room', 'shelfNo'], target: Shelf, targetColumns: ['room', 'no'], as: 'shelf', inverse: 'books' },
        ],
      },
    )
    const { fact: book } = graph({ Category, Shelf, Book }).Book
    expect(graph({ Category }).Category.fact.references[0]).toMatchObject({
      target: 'Category',
      targetColumns: ['id'],
      as: 'parent',
    })
    expect(book.references[0]).toEqual({
      name: 'fk_books_room_shelf_no_shelves',
      model: 'Book',
      columns: ['room', 'shelfNo'],
      target: 'Shelf',
      targetTable: 'shelves',
      targetColumns: ['room', 'no'],
      as: 'shelf',
      inverse: 'books',
      isOneToOne: false,
      onDelete: 'restrict',
    })
    expect(book.column['room']?.reference).toBeNull()
    expect(book.indexes).toMatchObject([{ name: 'ix_books_room_shelf_no' }])
  })

  it('orders models after those they refer to, in a circle after those they need', () => {
    const User = model('users', { id: uuid().primaryKey(), bestPostId: reference('posts', { key: uuid() }).nullable() })
    const Post = model('posts', { id: uuid().primaryKey(), authorId: reference('users', { key: uuid() }) })
    const Comment = model('comments', { id: uuid().primaryKey(), postId: reference(Post) })
    expect(graphOf(graph({ Comment, Post, User })).referenceOrder).toEqual(['User', 'Post', 'Comment'])
    expect(graphOf(models).referenceOrder).toEqual(['Device', 'Product', 'Portion', 'Food'])
  })

  it('makes uuid keys in the session, and numbers identities in the database', () => {
    expect(fact.column['id']?.stamp).toBe('id')
    expect(models.Food.fact.column['id']?.stamp).toBe('identity')
  })

  it('freezes every fact, and finds no name that was not declared', () => {
    expect(unfrozen(graphOf(models))).toEqual([])
    expect(Object.isFrozen(models) && Object.isFrozen(models.Product)).toBe(true)
    for (const record of [models, graphOf(models).models, graphOf(models).tables, fact.column]) {
      expect('constructor' in record || '__proto__' in record).toBe(false)
    }
  })
})

const plainProduct = model('products', { id: uuid().primaryKey() })

function unfrozen(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Object.isFrozen(value) ? [] : [path]
  return [...own, ...Object.entries(value).flatMap(([key, part]) => unfrozen(part, `${path}/${key}`))]
}
