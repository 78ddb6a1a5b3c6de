import { describe, expect, it } from 'vitest'
import type { TerraceError } from '../errors/index.ts'
import { actor, graph, integer, model, oneOf, owner, reference, softDelete, text, uuid } from '../model/index.ts'
import type { CompiledStatement } from './compile/compiled-statement.ts'
import { domainErrorOf } from './domain-error-of.ts'
import { consequencesOf, DriverError, type DriverErrorFacts, type DriverErrorKind } from './driver-error.ts'

const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })
const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100).ignoreCase(),
    kcal100g: integer().range(0, 1000).column('kcal_100g'),
    ...softDelete(),
  },
  { uniques: [['name']] },
)
const Portion = model('portions', { id: uuid().primaryKey(), productId: reference(Product), deviceId: owner(Device) })
const User = model('users', { id: uuid().primaryKey() }, { access: actor() })

/** Tables of others: names of their own, the same ones in two of them. */
const Shelf = model(
  'shelves',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    userId: reference(User),
    slot: integer(),
    label: text().nullable(),
    from: integer().range(1, null).nullable(),
    until: integer().range(null, 99),
    kind: oneOf('wood', 'steel'),
  },
  {
    uniques: [['userId', 'slot']],
    atLeastOne: [['label', 'from']],
    stored: {
      sqlite: {
        primaryKey: 'old_key',
        uniques: [
          { name: null, columns: ['kind'] },
          { name: 'old_slots', columns: ['slot', 'device_id', 'user_id'] },
          { name: 'old_labels', columns: ['label'] },
        ],
        foreignKeys: [
          { name: 'old_device', columns: ['device_id'], target: { table: 'devices', columns: ['id'] } },
          { name: 'old_user', columns: ['user_id'], target: { table: 'users', columns: ['id'] } },
        ],
      },
    },
  },
)
const Cellar = model(
  'cellars',
  { id: uuid().primaryKey(), deviceId: owner(Device), keeperId: reference(User) },
  {
    stored: {
      sqlite: {
        primaryKey: 'old_key',
        foreignKeys: [
          { name: null, columns: ['device_id'], target: { table: 'devices', columns: ['id'] } },
          { name: 'old_user', columns: ['keeper_id'], target: { table: 'users', columns: ['id'] } },
        ],
      },
    },
  },
)
const models = graph({ Device, User, Product, Portion, Shelf, Cellar })
const facts = models.Product.graph

const nothing = { table: null, constraint: null, columns: null }

function reported(kind: DriverErrorKind, where: Partial<DriverErrorFacts> = {}): DriverError {
  return new DriverError(
    'the engine said so',
    { kind, ...consequencesOf[kind], ...nothing, ...where },
    new Error('raw'),
  )
}

function meaningOf(
  error: DriverError,
  operation: CompiledStatement['operation'] = 'insert',
  table = 'products',
): TerraceError {
  const statement = { operation, tables: [table] } as unknown as CompiledStatement
  return domainErrorOf(error, { graph: facts, statement })
}

describe('a unique rule', () => {
  it('is a conflict with its declared fields, without the owner it is kept within', () => {
    const [unique] = models.Product.fact.uniques
    const error = meaningOf(reported('unique', { table: 'products', constraint: unique?.name ?? '' }))
    expect(error).toMatchObject({ code: 'UNIQUE', kind: 'conflict', fields: ['name'] })
    expect(error.message).not.toMatch(/device/i)
  })

  it('is found by its columns, where a companion stands for the declared one', () => {
    const folded = models.Product.fact.column['name']?.foldedInto?.sqlName ?? 'none'
    const error = meaningOf(reported('unique', { table: 'products', columns: ['device_id', folded] }))
    expect(error.fields).toEqual(['name'])
  })

  it('is found by its name alone, and a primary key too', () => {
    expect(meaningOf(reported('unique', { constraint: 'pk_products' }))).toMatchObject({
      code: 'UNIQUE',
      fields: ['id'],
    })
  })

  it('is found by the columns it is over, in any order, the owner among them', () => {
    for (const columns of [
      ['user_id', 'device_id', 'slot'],
      ['slot', 'user_id', 'device_id'],
    ])
      expect(meaningOf(reported('unique', { table: 'shelves', columns })).fields).toEqual(['userId', 'slot'])
    // More or fewer columns are another rule: another program's.
    expect(meaningOf(reported('unique', { table: 'shelves', columns: ['device_id', 'slot'] })).fields).toEqual([
      'deviceId',
      'slot',
    ])
    expect(meaningOf(reported('unique', { table: 'shelves', columns: ['slot'] })).fields).toEqual(['slot'])
  })

  it('is found by the name and the columns that an engine keeps it under', () => {
    const fieldsOf = (constraint: string): unknown => {
      const { code, fields, values } = meaningOf(reported('unique', { constraint }), 'insert', 'notes')
      return { code, fields, model: values['model'] }
    }
    expect(fieldsOf('old_key')).toEqual({ code: 'UNIQUE', fields: ['id'], model: 'Shelf' })
    expect(fieldsOf('old_slots')).toEqual({ code: 'UNIQUE', fields: ['userId', 'slot'], model: 'Shelf' })
    expect(fieldsOf('old_labels')).toEqual({ code: 'UNIQUE', fields: ['label'], model: 'Shelf' })
    expect(fieldsOf('nobody’s')).toEqual({ code: 'DATABASE_FAILED', fields: [], model: undefined })
  })

  it('whose name several tables have is that of the statement’s table', () => {
    const modelFor = (table: string): unknown =>
      meaningOf(reported('unique', { constraint: 'old_key' }), 'insert', table).values['model']
    expect(modelFor('cellars')).toBe('Cellar')
    expect(modelFor('shelves')).toBe('Shelf')
  })

  it('that no model declares is still a conflict, and names no column', () => {
    const error = meaningOf(reported('unique', { table: 'products', constraint: 'hand_made' }))
    expect(error).toMatchObject({ code: 'UNIQUE', fields: [] })
  })
})

describe('a foreign key', () => {
  const constraint = models.Portion.fact.references.find(({ target }) => target === 'Product')?.name ?? ''

  it('refused on insert and update is a validation error of the referring column', () => {
    for (const operation of ['insert', 'update'] as const) {
      const error = meaningOf(reported('foreignKey', { table: 'portions', constraint }), operation, 'portions')
      expect(error).toMatchObject({ code: 'REFERENCE_MISSING', kind: 'validation', fields: ['productId'] })
      expect(error.issues).toEqual([expect.objectContaining({ in: 'row', path: '/productId', code: 'REFERENCE' })])
    }
  })

  it('that restricts a delete is a conflict that names the referring model', () => {
    const error = meaningOf(reported('foreignKey', { table: 'portions', constraint }), 'delete')
    expect(error).toMatchObject({ code: 'RESTRICTED', kind: 'conflict', fields: ['productId'] })
    expect(error.message).toContain('Portion')
  })

  it('is found by the columns that hold it, where the engine names its table', () => {
    const columns = ['product_id']
    expect(meaningOf(reported('foreignKey', { table: 'portions', columns })).fields).toEqual(['productId'])
    const others = [
      { table: null, columns },
      { table: 'portions', columns: null },
      { table: 'portions', columns: ['product_id', 'device_id'] },
      { table: 'others', columns },
    ]
    for (const where of others) {
      const error = meaningOf(reported('foreignKey', where), 'insert', 'portions')
      expect(error).toMatchObject({ code: 'REFERENCE_MISSING', fields: [], values: { model: 'Portion' } })
    }
  })

  it('is found by the name that an engine keeps for it, among those of its table', () => {
    const fieldsOf = (table: string | null, name: string): unknown =>
      meaningOf(reported('foreignKey', { table, constraint: name }), 'insert', 'shelves').fields
    expect(fieldsOf(null, 'old_user')).toEqual(['userId'])
    expect(fieldsOf('shelves', 'old_user')).toEqual(['userId'])
    expect(fieldsOf('cellars', 'old_user')).toEqual(['keeperId'])
    expect(fieldsOf('products', 'old_user')).toEqual([])
    expect(fieldsOf(null, 'old_users')).toEqual([])
  })

  it('of a table that no model has is a defect', () => {
    expect(meaningOf(reported('foreignKey'), 'insert', 'others')).toMatchObject({ code: 'DATABASE_FAILED' })
    expect(domainErrorOf(reported('foreignKey'), { graph: facts, statement: null })).toMatchObject({
      code: 'DATABASE_FAILED',
    })
    const portions = domainErrorOf(reported('foreignKey', { table: 'portions' }), { graph: facts, statement: null })
    expect(portions).toMatchObject({ code: 'REFERENCE_MISSING', values: { model: 'Portion' } })
  })

  it('of an engine that does not say which is told by the statement', () => {
    expect(meaningOf(reported('foreignKey'), 'insert', 'portions')).toMatchObject({ code: 'REFERENCE_MISSING' })
    expect(meaningOf(reported('foreignKey'), 'delete')).toMatchObject({ code: 'RESTRICTED' })
  })
})

describe('a value', () => {
  it.each([
    ['notNull', 'NULL'],
    ['tooLong', 'LENGTH'],
    ['outOfRange', 'RANGE'],
    ['invalidValue', 'TYPE'],
  ] as const)('refused as %s is an issue at its column', (kind, code) => {
    const error = meaningOf(reported(kind, { table: 'products', columns: ['kcal_100g'] }))
    expect(error).toMatchObject({ code: 'VALIDATION', fields: ['kcal100g'] })
    expect(error.issues).toEqual([expect.objectContaining({ path: '/kcal100g', code })])
  })

  it('that breaks a CHECK is an issue of the rule it was made from', () => {
    const check = models.Product.fact.checks.find(({ column }) => column === 'kcal100g')
    const error = meaningOf(reported('check', { table: 'products', constraint: check?.name ?? '' }))
    expect(error.issues).toEqual([
      expect.objectContaining({
        path: '/kcal100g',
        code: 'RANGE',
        message: 'must be from 0 to 1000',
        zh: '必须在 0 到 1000 之间',
      }),
    ])
  })

  it('that breaks a rule between columns is an issue of these, and one that no model declares of the whole row', () => {
    const [rule] = models.Shelf.fact.rowRules
    const error = meaningOf(reported('check', { table: 'shelves', constraint: rule?.name ?? '' }))
    expect(error).toMatchObject({ code: 'VALIDATION', fields: ['label', 'from'] })
    const others = [{ table: 'shelves', constraint: 'hand_made' }, { table: 'shelves' }, { constraint: 'hand_made' }]
    for (const where of others)
      expect(meaningOf(reported('check', where))).toMatchObject({
        code: 'VALIDATION',
        fields: [],
        issues: [{ path: '' }],
      })
  })

  it('whose bounds are open at one end says the other', () => {
    const said = (table: string, column: string): unknown => {
      const check = facts.tables[table]?.checks.find((one) => one.column === column)
      return meaningOf(reported('check', { table, constraint: check?.name ?? '' })).issues[0]?.message
    }
    expect(said('shelves', 'from')).toBe('must be at least 1')
    expect(said('shelves', 'until')).toBe('must be at most 99')
    expect(said('products', 'name')).toBe('must have from 1 to 100 characters')
    expect(said('shelves', 'kind')).toBe('must be one of "wood", "steel"')
  })

  it('whose column the engine does not name is an issue of the whole row', () => {
    expect(meaningOf(reported('tooLong')).issues).toEqual([expect.objectContaining({ path: '', code: 'LENGTH' })])
  })

  it('missing in a column that no model has is a defect, not the caller’s mistake', () => {
    expect(meaningOf(reported('notNull', { table: 'products', columns: ['added_by_hand'] }))).toMatchObject({
      code: 'DATABASE_FAILED',
      kind: 'internal',
    })
  })
})

describe('a database that cannot', () => {
  it.each([
    ['deadlock', 'DATABASE_BUSY'],
    ['serialization', 'DATABASE_BUSY'],
    ['lockTimeout', 'DATABASE_BUSY'],
    ['busy', 'DATABASE_BUSY'],
    ['timeout', 'DATABASE_TIMEOUT'],
    ['connection', 'DATABASE_UNAVAILABLE'],
    ['readOnly', 'DATABASE_READ_ONLY'],
    ['diskFull', 'STORAGE_FULL'],
  ] as const)('by %s is unavailable: %s, and says when to try again', (kind, code) => {
    const cause = reported(kind)
    expect(meaningOf(cause)).toMatchObject({ code, kind: 'unavailable', retryAfterSeconds: 1, cause })
  })

  it.each(['permission', 'missingObject', 'other'] as const)('by %s is a defect with its cause', (kind) => {
    const cause = reported(kind)
    expect(meaningOf(cause)).toMatchObject({ code: 'DATABASE_FAILED', kind: 'internal', cause })
  })
})
