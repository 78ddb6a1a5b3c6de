import {
  bigint,
  identity,
  integer,
  model,
  oneOf,
  reference,
  softDelete,
  text,
  uuid,
  type Model,
  type Models,
} from '../../src/model/index.ts'

export interface Scenario {
  readonly title: string
  readonly before: () => Models
  readonly rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly after: () => Models
  readonly allow?: readonly string[]
  readonly maintenance?: boolean
}

const key = '00000000-0000-7000-8000-000000000001'
const id = uuid().primaryKey()

/** Each file of this folder shows one of them on one engine. Their texts stand in those files as they stand here. */
export const scenarios = {
  moreRoom: {
    title: 'A text gets more room, and a default',
    before: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
    rows: { Shop: { id: key, name: 'Corner' } },
    after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).default('Corner') }) }),
  },
  lessRoom: {
    title: 'A text and a number get less room, which the rows prove to be enough',
    before: () => ({ Shop: model('shops', { id, name: text().length(1, 40), floor: bigint() }) }),
    rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
    after: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: integer() }) }),
  },
  required: {
    title: 'What could be left out has to be given, as every row has it',
    before: () => ({ Shop: model('shops', { id, floor: bigint().nullable() }) }),
    rows: { Shop: { id: key, floor: 3n } },
    after: () => ({ Shop: model('shops', { id, floor: bigint() }) }),
  },
  newRules: {
    title: 'A unique rule, a range and an index come to rows that allow them',
    before: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: bigint() }) }),
    rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
    after: () => ({
      Shop: model(
        'shops',
        { id, name: text().length(1, 10).unique(), floor: bigint().range(-3n, 200n) },
        { indexes: [['-floor', 'name']] },
      ),
    }),
  },
  anotherChoice: {
    title: 'A choice is given up, which no row has, and another comes',
    before: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'books') }) }),
    rows: { Shop: { id: key, kind: 'food' } },
    after: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'tools') }) }),
  },
  softDeleted: {
    title: 'Rows are to be deleted softly, so that a unique rule is about those alive',
    before: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique() }) }),
    rows: { Shop: { id: key, name: 'Corner' } },
    after: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique(), ...softDelete() }) }),
  },
  newTable: {
    title: 'A table comes, and one that was there refers to it',
    before: () => ({ Shop: model('shops', { id }) }),
    rows: { Shop: { id: key } },
    after: () => {
      const Town = model('towns', { id })
      return { Town, Shop: model('shops', { id, townId: reference(Town, { onDelete: 'setNull' }).nullable() }) }
    },
  },
  numbered: {
    title: 'A key that callers gave is numbered by the database',
    before: () => ({ Note: model('notes', { id: integer().primaryKey() }) }),
    rows: { Note: { id: 7 } },
    after: () => ({ Note: model('notes', { id: identity() }) }),
  },
  renamedColumn: {
    title: 'A column is renamed and gets more room in one start, with what has its name from it',
    before: () => ({ Shop: model('shops', { id, title: text().length(1, 10).unique() }) }),
    rows: { Shop: { id: key, title: 'Corner' } },
    after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).unique().renamedFrom('title') }) }),
    allow: ['rename-column shops.name'],
  },
  swappedColumns: {
    title: 'Two columns change their names',
    before: () => ({ Shop: model('shops', { id, one: integer(), two: text().length(1, 10) }) }),
    rows: { Shop: { id: key, one: 1, two: 'Corner' } },
    after: () => ({
      Shop: model('shops', { id, one: text().length(1, 10).renamedFrom('two'), two: integer().renamedFrom('one') }),
    }),
    maintenance: true,
  },
  renamedTable: {
    title: 'A table is renamed, and what refers to it goes on doing so',
    before: () => {
      const Item = model('items', { id, name: text().length(1, 10) }, { indexes: [['name']] })
      return { Item, Line: model('order_lines', { id, itemId: reference(Item, { onDelete: 'cascade' }) }) }
    },
    rows: { Item: { id: key, name: 'Apple' }, Line: { id: key, itemId: key } },
    after: () => {
      const Item = model('goods', { id, name: text().length(1, 10) }, { indexes: [['name']], renamedFrom: 'items' })
      return { Item, Line: model('order_lines', { id, itemId: reference(Item, { onDelete: 'cascade' }) }) }
    },
    maintenance: true,
  },
  droppedColumn: {
    title: 'A column goes, with the rules about it, where a person allows it by name',
    before: () => ({ Shop: model('shops', { id, floor: bigint().range(0n, 9n), name: text().length(1, 10) }) }),
    rows: { Shop: { id: key, floor: 3n, name: 'Corner' } },
    after: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
    allow: ['drop-column shops.floor'],
  },
  anotherKey: {
    title: 'Another column becomes the key, while nobody else is at work',
    before: () => ({ Shop: model('shops', { id, code: integer() }) as Model }),
    rows: { Shop: { id: key, code: 12 } },
    after: () => ({ Shop: model('shops', { id: uuid(), code: integer().primaryKey() }) as Model }),
    maintenance: true,
  },
} satisfies Readonly<Record<string, Scenario>>
