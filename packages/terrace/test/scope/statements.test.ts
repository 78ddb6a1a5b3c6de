import { describe, expect, test } from 'vitest'
import { isCompiledStatement } from '../../src/database/compile/is-compiled-statement.ts'
import { Slot, unscoped, type Scope } from '../../src/database/index.ts'
import { compiled, targets, type Compiling } from './compiling.ts'
import type { AnyDb } from './shop.ts'
import { asAnn } from './shop.ts'
import { ben, category, food, product } from './shop-rows.ts'

const list = (db: AnyDb) => db.selectFrom('products').select('id')

describe('a compiled statement', () => {
  test('says what it does and whether rows come back', () => {
    const facts = (build: Parameters<typeof compiled>[0], options: Compiling = {}) => {
      const { operation, writes, returnsRows, tables } = compiled(build, options)
      return { operation, writes, returnsRows, tables }
    }
    expect(facts(list)).toEqual({ operation: 'select', writes: false, returnsRows: true, tables: ['products'] })
    expect(facts((db) => list(db).forUpdate())).toMatchObject({ operation: 'select', writes: true })
    expect(facts((db) => list(db).forUpdate(), { target: targets.sqlite })).toMatchObject({ writes: true })
    expect(facts((db) => db.deleteFrom('portions').where('grams', '>', 1))).toEqual({
      operation: 'delete',
      writes: true,
      returnsRows: false,
      tables: ['portions', 'products'],
    })
    expect(facts((db) => db.insertInto('notes').values({ body: 'x' }).returning('id'))).toMatchObject({
      operation: 'insert',
      returnsRows: true,
    })
    const behind = facts((db) =>
      db
        .with('f', (cte) => cte.selectFrom('foods').select('id'))
        .updateTable('notes')
        .set({ body: 'x' })
        .where('body', '=', ''),
    )
    expect(behind).toMatchObject({ operation: 'update', tables: ['notes', 'foods'] })
  })

  test('is frozen and recognised by identity', () => {
    const statement = compiled(list)
    expect(isCompiledStatement(statement)).toBe(true)
    expect(isCompiledStatement({ ...statement })).toBe(false)
    expect(isCompiledStatement(Object.create(statement))).toBe(false)
    expect(isCompiledStatement(null)).toBe(false)
    expect(Object.isFrozen(statement) && Object.isFrozen(statement.bindings)).toBe(true)
  })

  test('has a name by its text where it is one of a closed set', () => {
    const named = compiled(list, { byRule: true })
    expect(named.name).toMatch(/^t_[0-9a-f]{32}$/)
    expect(compiled((db) => list(db), { byRule: true }).name).toBe(named.name)
    expect(compiled((db) => list(db).limit(1), { byRule: true }).name).not.toBe(named.name)
    expect(compiled(list).name).toBeNull()
    expect(compiled(list, { byRule: true, named: false }).name).toBeNull()
  })

  test('has the same text for every owner and value, which are parameters', () => {
    const asBen: Scope = { ...asAnn, kind: 'actor', actor: { Device: ben }, roles: [] }
    const by = (name: string, scope: Scope) => compiled((db) => list(db).where('note', '=', name), { scope })
    expect(by("'; drop table products; --", asBen).sql).toBe(by('x', asAnn).sql)
    expect(by('x', asAnn).bindings).toMatchObject([
      { kind: 'owner', model: 'Device' },
      { kind: 'value', value: 'x' },
    ])
  })
})

describe('slots', () => {
  const encoded = (binding: unknown, value: unknown): unknown =>
    (binding as { readonly encode: ((value: unknown) => unknown) | null }).encode?.(value) ?? value

  test('stand where values would, with the codec of their column', () => {
    const at = new Date(5)
    const { bindings } = compiled(
      (db) =>
        list(db)
          .where('createdAt', '>', new Slot(0))
          .limit(new Slot('most') as never),
      {
        byRule: true,
      },
    )
    expect(bindings.slice(1)).toMatchObject([
      { kind: 'slot', slot: 0 },
      { kind: 'slot', slot: 'most' },
    ])
    expect(encoded(bindings[1], at)).toBe(5)
  })

  test('beside a column that ignores case are folded', () => {
    const { bindings } = compiled((db) => list(db).where('name', 'in', [new Slot(0), new Slot(1)]), { byRule: true })
    expect(encoded(bindings[1], 'ÄPFEL')).toBe('äpfel')
    expect(encoded(bindings[2], 'Ｆull')).toBe('full')
  })

  test('of a written column fill it and its companion', () => {
    const build = (db: AnyDb) =>
      db
        .updateTable('products')
        .set({ name: new Slot(0) })
        .where('id', '=', new Slot(1))
    const { bindings } = compiled(build, { byRule: true })
    expect(bindings.slice(0, 2).map((binding) => encoded(binding, 'ÄPFEL'))).toEqual(['ÄPFEL', 'äpfel'])
  })

  test('by hand are checked like values', () => {
    const { bindings } = compiled((db) => list(db).where('kcal100g', '=', new Slot(0)))
    expect(() => encoded(bindings[1], '0')).toThrow('must be')
  })

  test('of the owner give way to the actor’s own key', () => {
    const row = { deviceId: new Slot(0), name: new Slot(1), kcal100g: new Slot(2) }
    const { bindings } = compiled((db) => db.insertInto('products').values(row), { byRule: true })
    expect(bindings[0]).toMatchObject({ kind: 'owner', model: 'Device' })
  })
})

describe('rows that must be visible before', () => {
  const checks = (build: Parameters<typeof compiled>[0], options: Compiling = {}) =>
    compiled(build, options).referenceChecks
  const row = { name: 'x', kcal100g: 1 }

  test('are the targets of written references, once per key and reference', () => {
    const found = checks((db) =>
      db.insertInto('products').values([
        { ...row, foodId: food(1), categoryId: category(1) },
        { ...row, foodId: food(2), categoryId: null },
      ]),
    )
    expect(found).toMatchObject([
      { columns: ['foodId'], target: 'Food', access: 'read', keys: [[{ value: food(1) }], [{ value: food(2) }]] },
      { columns: ['categoryId'], target: 'Category', access: 'read', keys: [[{ value: category(1) }]] },
    ])
  })

  test('are to be owned where the row is owned through them', () => {
    const found = checks((db) => db.insertInto('comments').values({ postId: product(1), body: 'x' }))
    expect(found).toMatchObject([{ target: 'Post', access: 'write' }])
  })

  test('are none for the owner, for null, and where the foreign key says it all', () => {
    expect(checks((db) => db.insertInto('products').values({ ...row, foodId: null }))).toEqual([])
    const scope = unscoped('test')
    const servings = checks((db) => db.insertInto('posts').values({ userId: product(1), title: 'x' }), { scope })
    expect(servings).toEqual([])
    const deletable = checks((db) => db.insertInto('products').values({ ...row, deviceId: ben }), { scope })
    expect(deletable).toMatchObject([{ columns: ['deviceId'], target: 'Device' }])
  })

  test('may be slots, so that statements by rule know them too', () => {
    const build = (db: AnyDb) =>
      db
        .updateTable('products')
        .set({ foodId: new Slot(0) })
        .where('id', '=', new Slot(1))
    expect(checks(build, { byRule: true })).toMatchObject([{ keys: [[{ kind: 'slot', slot: 0 }]] }])
  })
})

describe('which rows a statement sees of its first table', () => {
  const where = (options: Compiling, build = list) => compiled(build, options).sql.split(' where ')[1]

  test('trash alone, with it, or without it', () => {
    expect(where({ deleted: 'without' })).toBe('"products"."device_id" = ? and "products"."deleted_at" is null')
    expect(where({ deleted: 'with' })).toBe('"products"."device_id" = ?')
    expect(where({ deleted: 'only' })).toBe('"products"."device_id" = ? and "products"."deleted_at" is not null')
  })

  test('other tables stay without it', () => {
    const { sql } = compiled(
      (db) => list(db).where((eb) => eb.exists(eb.selectFrom('foods').whereRef('foods.id', '=', 'products.foodId'))),
      { deleted: 'with' },
    )
    expect(sql).toContain('"foods"."deleted_at" is null')
    expect(sql).not.toContain('"products"."deleted_at"')
    const second = compiled((db) => db.selectFrom(['products', 'foods']).select('products.id'), { deleted: 'with' })
    expect(second.sql).toContain('"foods"."deleted_at" is null')
  })

  test('in the trash a deleted parent no longer hides', () => {
    const { sql } = compiled((db) => db.selectFrom('servings').select('id'), { deleted: 'only' })
    expect(sql).toContain('"servings"."deleted_at" is not null')
    expect(sql).toContain('."device_id" = ?')
    expect(sql).not.toContain('deleted_at" is null')
  })
})

test('a value that the compiler did not make is refused, whatever rendered it', () => {
  const slipping = {
    ...targets.sqlite.dialect,
    createQueryCompiler: () => ({ compileQuery: () => ({ sql: 'select ?', parameters: ['x'] }) }) as never,
  }
  const build = () => compiled(list, { target: { ...targets.sqlite, dialect: slipping } })
  expect(build).toThrow(expect.objectContaining({ code: 'SCOPE_FOREIGN_QUERY' }))
})

test('a text stays out of the SQL, also where a tree calls it immediate', () => {
  const text = { kind: 'ValueNode', value: "it's", immediate: true }
  const build = (db: AnyDb) =>
    db.selectFrom('products').select(() => {
      return { as: () => ({ isAliasedExpression: true, toOperationNode: () => aliased(text) }) }.as() as never
    })
  const aliased = (node: object) => ({ kind: 'AliasNode', node, alias: { kind: 'IdentifierNode', name: 'x' } })
  const { sql, bindings } = compiled(build)
  expect(sql).not.toContain('it')
  expect(bindings).toContainEqual({ kind: 'value', value: "it's" })
})

test('a slot by hand beside a column that ignores case is checked like a value', () => {
  const { bindings } = compiled((db) => list(db).where('name', '=', new Slot(0)))
  const { encode } = bindings[1] as unknown as { readonly encode: (value: unknown) => unknown }
  expect(() => encode(5)).toThrow('must be')
  expect(encode('Ä')).toBe('ä')
})
