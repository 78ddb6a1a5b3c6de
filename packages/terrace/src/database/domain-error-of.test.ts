import { describe, expect, it } from 'vitest'
import type { TerraceError } from '../errors/index.ts'
import { actor, graph, integer, model, owner, reference, softDelete, text, uuid } from '../model/index.ts'
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
const models = graph({ Device, Product, Portion })
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
