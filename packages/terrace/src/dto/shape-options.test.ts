import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { TerraceError } from '../errors/index.ts'
import {
  actor,
  bigint,
  boolean,
  decimal,
  float,
  graph,
  integer,
  model,
  oneOf,
  owner,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../model/index.ts'
import {
  answeredSchema,
  computed,
  create,
  inWire,
  list,
  nullable,
  optional,
  parseShape,
  patch,
  read,
  renderShape,
  shape,
  shapeOf,
} from './index.ts'
import type { ObjectShape, Part } from './index.ts'

const Device = model('devices', { id: text().length(1, 64).primaryKey() }, { access: actor() })
const Food = model('foods', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100),
  grams: decimal(8, 2),
  kcal100g: integer().range(0, 1000),
  bestBefore: timestamp().nullable(),
  isPublic: boolean().default(false),
  code: text().length(3, 3).immutable(),
  secret: integer().hidden().default(0),
  pin: text().length(4, 4).writeOnly(),
  ...timestamps(),
})
const models = graph({ Device, Food })
const now = new Date('2026-02-05T10:00:00.000Z')
const row = {
  id: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  deviceId: 'd1',
  name: 'Bread',
  grams: '150.00',
  kcal100g: 250,
  bestBefore: null,
  isPublic: false,
  code: 'abc',
  secret: 7,
  pin: '1234',
  createdAt: now,
  updatedAt: now,
}

const keysOf = (target: ObjectShape): readonly string[] => [...target.keys.keys()]

function codesOf(target: ObjectShape, body: unknown): readonly string[] {
  const parsed = parseShape(target, body)
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path} ${code}`)
}

function problemsOf(declare: () => unknown): string {
  try {
    declare()
  } catch (error) {
    const { code, message } = error as TerraceError
    return `${code}: ${message}`
  }
  return 'nothing is wrong with it'
}

describe('a derived shape with options', () => {
  it('has the columns that were chosen, in the order of the model', () => {
    expect(keysOf(read(models.Food, { only: ['name', 'id'] }))).toEqual(['id', 'name'])
    expect(keysOf(create(models.Food, { except: ['pin', 'isPublic'] }))).toEqual([
      'name',
      'grams',
      'kcal100g',
      'bestBefore',
      'code',
    ])
    expect(keysOf(patch(models.Food, { only: ['name'] }))).toEqual(['name'])
  })

  it('is named by rule unless it says otherwise', () => {
    const names = [create(models.Food, { only: ['name'] }), patch(models.Food, { name: 'FoodChange' })]
    expect(names.map(({ name }) => name)).toEqual(['FoodCreate', 'FoodChange'])
  })

  it('reads and writes under an alias and hands on under the column', () => {
    const sent = create(models.Food, { only: ['name', 'kcal100g'], as: { kcal100g: 'energy' } })
    expect(parseShape(sent, { name: 'a', energy: 5 })).toEqual({ ok: true, value: { name: 'a', kcal100g: 5 } })
    expect(codesOf(sent, { name: 'a', kcal100g: 5 })).toEqual(['/kcal100g UNKNOWN', '/energy REQUIRED'])
    expect(codesOf(sent, { name: 'a', energy: 5000 })).toEqual(['/energy RANGE'])
    const answered = read(models.Food, { only: ['kcal100g'], as: { kcal100g: 'energy' } })
    expect(renderShape(answered, row)).toEqual({ energy: 250 })
  })

  it('keeps an alias where all other names travel in snake_case, at every depth', () => {
    const inner = read(models.Food, { only: ['bestBefore'], computed: { isOld: computed(boolean(), () => true) } })
    const answered = read(models.Food, {
      only: ['kcal100g', 'bestBefore'],
      as: { kcal100g: 'energyPer100' },
      with: { sameShelf: list(inner) },
    })
    expect(renderShape(inWire(answered, 'snake'), { ...row, sameShelf: [row] })).toEqual({
      energyPer100: 250,
      best_before: null,
      same_shelf: [{ best_before: null, is_old: true }],
    })
  })

  it('takes what is sent besides, and does without what the service gives', () => {
    const sent = create(models.Food, {
      only: ['name', 'grams'],
      optional: ['grams'],
      with: { portionId: uuid(), quantity: optional(float().range(0, 10)) },
    })
    const { id } = row
    expect(parseShape(sent, { name: 'a', portionId: id })).toEqual({ ok: true, value: { name: 'a', portionId: id } })
    expect(codesOf(sent, { name: 'a', grams: null, quantity: 11 })).toEqual([
      '/grams NULL',
      '/quantity RANGE',
      '/portionId REQUIRED',
    ])
    expect(codesOf(patch(models.Food, { only: ['name'], with: { portionId: uuid() } }), {})).toEqual([])
  })

  it('computes from the whole row, hidden columns too, and nobody sends what is computed', () => {
    const answered = read(models.Food, {
      only: ['name'],
      computed: {
        kcal: computed(float(), ({ grams, kcal100g }) => (Number(grams) * kcal100g) / 100),
        next: computed(bigint(), ({ secret }) => BigInt(secret) + 1n),
        none: computed(text().nullable(), () => null),
      },
    })
    expect(renderShape(answered, row)).toEqual({ name: 'Bread', kcal: 375, next: '8', none: null })
    expect(codesOf(answered, { name: 'Bread', kcal: 375 })).toEqual([
      '/kcal UNKNOWN',
      '/next REQUIRED',
      '/none REQUIRED',
    ])
  })

  it('refuses to answer what was computed as another type', () => {
    const answered = read(models.Food, { computed: { kcal: computed(float(), () => Number.NaN) } })
    expect(() => renderShape(answered, row)).toThrow(expect.objectContaining({ code: 'RESPONSE_MISMATCH' }))
  })
})

describe('absent, null and a value', () => {
  const inner = shape({ at: timestamp(), note: text().nullable() })
  const parts = shape({
    label: optional(text()),
    first: nullable(inner),
    last: optional(nullable(inner)),
    all: list(inner),
  })
  const instant = '2026-02-05T10:00:00.000Z'

  it('stay apart in what is sent, at every depth', () => {
    expect(parseShape(parts, { first: null, all: [{ at: instant }, { at: instant, note: null }] })).toEqual({
      ok: true,
      value: { first: null, all: [{ at: now }, { at: now, note: null }] },
    })
    expect(parseShape(parts, { label: 'x', first: { at: instant }, last: null, all: [] })).toEqual({
      ok: true,
      value: { label: 'x', first: { at: now }, last: null, all: [] },
    })
    expect(codesOf(parts, { label: null, all: null })).toEqual(['/label NULL', '/all NULL', '/first REQUIRED'])
    expect(codesOf(parts, { first: { note: 5 }, all: [{}, null] })).toEqual([
      '/first/note TYPE',
      '/first/at REQUIRED',
      '/all/0/at REQUIRED',
      '/all/1 TYPE',
    ])
  })

  it('stay apart in what is answered', () => {
    expect(renderShape(parts, { first: null, all: [{ at: now, note: null }] })).toEqual({
      first: null,
      all: [{ at: instant, note: null }],
    })
    expect(() => renderShape(parts, { first: null, last: null, label: null, all: [] })).toThrow('label is null')
    expect(() => renderShape(parts, { all: [] })).toThrow('first is undefined')
    expect(() => renderShape(parts, { first: null, all: [{ at: now }] })).toThrow('note is undefined')
  })

  it('stay apart in a change under aliases and in snake_case', () => {
    const changed = inWire(patch(models.Food, { as: { kcal100g: 'energy' } }), 'snake')
    expect(parseShape(changed, {})).toEqual({ ok: true, value: {} })
    expect(parseShape(changed, { best_before: null })).toEqual({ ok: true, value: { bestBefore: null } })
    expect(parseShape(changed, { best_before: instant, energy: 1 })).toEqual({
      ok: true,
      value: { bestBefore: now, kcal100g: 1 },
    })
    expect(codesOf(changed, { energy: null, bestBefore: null })).toEqual(['/energy NULL', '/bestBefore UNKNOWN'])
  })
})

describe('a default of a shape', () => {
  let made = 0
  const target = shape({
    size: integer().range(1, 50).default(20),
    note: text().nullable().default('none'),
    at: timestamp().default(now),
    turn: integer().default(() => (made += 1)),
    lines: optional(list(shape({ mark: oneOf('a', 'b').default('a') }))),
  })

  it('stands in for what is not sent, at every depth, and not for null', () => {
    expect(parseShape(target, { lines: [{}, { mark: 'b' }] })).toEqual({
      ok: true,
      value: { size: 20, note: 'none', at: now, turn: 1, lines: [{ mark: 'a' }, { mark: 'b' }] },
    })
    expect(parseShape(target, { size: 5, note: null, at: now.toISOString() })).toMatchObject({
      value: { size: 5, note: null, turn: 2 },
    })
  })

  it('is told in the schema where it is always the same', () => {
    expect(target.schema.properties).toMatchObject({
      size: { default: 20 },
      at: { default: '2026-02-05T10:00:00.000Z' },
    })
    expect(target.schema.properties?.['turn']).not.toHaveProperty('default')
    expect(target.schema).not.toHaveProperty('required')
  })

  it('is left to the DAO where a row is created, and changes nothing that is not sent', () => {
    expect(parseShape(create(models.Food, { only: ['isPublic'] }), {})).toEqual({ ok: true, value: {} })
    const changed = patch(models.Food, { only: ['isPublic'], with: { size: integer().default(5) } })
    expect(parseShape(changed, {})).toEqual({ ok: true, value: {} })
    expect(changed.schema.properties?.['size']).not.toHaveProperty('default')
  })
})

describe('a shape that is declared wrongly', () => {
  // What the types refuse is tried all the same: a declaration may come from JavaScript.
  const loose = { create, patch, read, shape } as unknown as Readonly<
    Record<'create' | 'patch' | 'read' | 'shape', (model: unknown, options?: unknown) => unknown>
  >

  it('says everything at once, each with its way on', () => {
    const message = problemsOf(() =>
      loose.read(models.Food, {
        name: 'Food summary',
        only: ['nme', 'secret', 'id'],
        except: ['pin'],
        as: { id: 'my id' },
        computed: { grams: computed(float(), () => 1) },
      }),
    )
    expect(message.split('; ')).toEqual([
      "SHAPE_DECLARATION: A shape is declared wrongly: read(Food): its name 'Food summary' cannot be one in OpenAPI. Use letters, digits, dots, hyphens and underscores",
      'read(Food): it has both only and except. Say either which columns, or which not',
      'read(Food): there is no column nme. Did you mean name?',
      'read(Food): the column secret may not leave. Leave it out, or take the mark hidden off the column if everyone may know it',
      'read(Food): the column pin may not leave. Leave it out, or take the mark writeOnly off the column if everyone may know it',
      'read(Food): grams is a column of Food. Give the property another name',
      "read(Food): 'my id' cannot be the name of a property. Begin with a letter and go on with letters, digits, underscores and hyphens",
    ])
  })

  it.each([
    ['an alias that is a column', () => read(models.Food, { as: { kcal100g: 'grams' } }), 'grams and kcal100g'],
    ['an alias twice', () => read(models.Food, { as: { kcal100g: 'x', grams: 'x' } }), 'grams and kcal100g'],
    [
      'an alias that is a column in snake_case',
      () => read(models.Food, { as: { name: 'best_before' } }),
      'name and bestB',
    ],
    [
      'an alias that is computed',
      () => read(models.Food, { as: { name: 'kcal' }, computed: { kcal: computed(float(), () => 1) } }),
      'name and the added kcal would both travel as kcal',
    ],
    ['a key that Terrace makes', () => loose.create(models.Food, { optional: ['id'] }), 'id may not be sent'],
    ['what is set once in a patch', () => loose.patch(models.Food, { only: ['code'] }), 'code may not be changed'],
    [
      'an alias that every object has',
      () => read(models.Food, { as: { name: '__proto__' } }),
      "'__proto__' is a name of every JavaScript object",
    ],
    [
      'a property that every object has',
      () => shape({ ['__proto__']: text(), constructor: text() }),
      "'__proto__' is a name of every JavaScript object",
    ],
    [
      'an addition named as a hidden column',
      () => create(models.Food, { with: { secret: text() } }),
      'is a column of Food',
    ],
    [
      'what is left out and named',
      () => create(models.Food, { only: ['name'], optional: ['grams'] }),
      'leaves grams out',
    ],
    ['a part that is none', () => loose.shape({ name: 'text' }), 'name is neither a column nor a shape'],
    ['a setting', () => loose.shape({ a: { spec: {} } }), 'a is a setting of terrace/config, and no column'],
    ['a name with a blank', () => shape({}, { name: 'a b' }), "name 'a b'"],
    ['two parts that meet in snake_case', () => shape({ aB: text(), a_b: text() }), 'would both travel as a_b'],
  ])('refuses %s', (_, declare, problem) => {
    expect(problemsOf(declare)).toContain(problem)
  })

  it('refuses hand-written schemas within derived shapes', () => {
    const foreign = shapeOf(Type.Object({ a: Type.String() })) as unknown as Part
    expect(problemsOf(() => shape({ inner: foreign }))).toContain('inner holds a hand-written schema')
    expect(problemsOf(() => shape({ inner: optional(Type.String() as unknown as Part as never) }))).toContain(
      'inner holds',
    )
    expect(problemsOf(() => list(shapeOf(Type.String())))).toContain('Type.Array')
  })
})

describe('the schema of a derived shape', () => {
  it('tells what only leaves, what is only sent, and what stands in for what is not sent', () => {
    const properties = { ...read(models.Food).schema.properties, ...create(models.Food).schema.properties }
    expect(read(models.Food).schema.properties).toMatchObject({ id: { readOnly: true }, createdAt: { readOnly: true } })
    expect(properties['name']).not.toHaveProperty('readOnly')
    expect(properties).toMatchObject({ pin: { writeOnly: true }, isPublic: { default: false } })
    expect(patch(models.Food).schema.properties?.['isPublic']).not.toHaveProperty('default')
  })

  it('says bounds in words that JSON Schema cannot say of what travels as text', () => {
    const { properties } = shape({
      big: bigint().range(0n, 10n),
      price: decimal(8, 2).range('0.01', null).describe('Price, EUR'),
      most: decimal(8, 2).range(null, '5'),
    }).schema
    expect(properties?.['big']).toMatchObject({ type: 'string', description: 'From 0 to 10' })
    expect(properties?.['price']).toMatchObject({ type: 'string', description: 'Price, EUR (at least 0.01)' })
    expect(properties?.['most']).toMatchObject({ type: 'string', description: 'At most 5' })
  })

  it('says of an answer that all of it is there, but for what is optional', () => {
    const parts = shape({
      note: text().nullable(),
      label: optional(text()),
      inner: nullable(shape({ size: integer().default(1) })),
      rows: list(shape({ mark: text().nullable() })),
    })
    expect(parts.schema.required).toEqual(['inner', 'rows'])
    expect(answeredSchema(parts)).toMatchObject({
      required: ['note', 'inner', 'rows'],
      properties: {
        inner: { anyOf: [{ required: ['size'] }, { type: 'null' }] },
        rows: { items: { required: ['mark'] } },
      },
    })
    expect(answeredSchema(read(models.Food))).toEqual(read(models.Food).schema)
    expect(answeredSchema(list(read(models.Food)))).toEqual(list(read(models.Food)).schema)
  })
})

describe('the schema and the parser', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats.default(ajv)
  const lines = list(shape({ lineText: text().length(1, 3), mark: oneOf('a', 'b').nullable() }))
  const sent = create(models.Food, {
    only: ['name', 'kcal100g', 'bestBefore'],
    optional: ['name'],
    as: { kcal100g: 'energy' },
    with: { lines, firstLine: optional(nullable(shape({ lineText: text().length(1, 3) }))), size: optional(float()) },
  })

  it.each([
    ['camelCase', sent, { text: 'lineText', before: 'bestBefore', first: 'firstLine' }],
    ['snake_case', inWire(sent, 'snake'), { text: 'line_text', before: 'best_before', first: 'first_line' }],
  ])('agree on every body made of near misses, aliases and shapes within, in %s', (_, target, names) => {
    const accepts = ajv.compile(target.schema)
    const scalar = fc.constantFrom<unknown>(null, '', 'a', 'abcd', 0, 5, 1001, true, '2026-02-05T10:00:00Z')
    const line = fc.record(
      { [names.text]: fc.constantFrom<unknown>('a', '', null, 1), mark: scalar },
      { requiredKeys: [] },
    )
    const plausible = fc.record(
      {
        name: fc.constantFrom<unknown>('a', '', null),
        energy: fc.constantFrom<unknown>(5, 1001, '5', null),
        [names.before]: fc.constantFrom<unknown>('2026-02-05T10:00:00Z', '2026-02-05', null),
        lines: fc.oneof(fc.array(line, { maxLength: 3 }), scalar),
        [names.first]: fc.oneof(line, fc.constant(null)),
        size: scalar,
      },
      { requiredKeys: ['energy', 'lines'] },
    )
    const careless = fc.dictionary(
      fc.constantFrom('name', 'energy', 'kcal100g', 'lines', names.before, names.first),
      scalar,
    )
    const good = fc.record({
      name: fc.constantFrom('a', 'bc'),
      energy: fc.integer({ min: 0, max: 1000 }),
      lines: fc.array(fc.record({ [names.text]: fc.constant('abc'), mark: fc.constantFrom('a', null) })),
      [names.first]: fc.constantFrom(null, { [names.text]: 'a' }),
    })
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof(plausible, careless, good), (body) => {
        const parsed = parseShape(target, body)
        accepted += parsed.ok ? 1 : 0
        return parsed.ok === accepts(body)
      }),
      { numRuns: 1500 },
    )
    expect(accepted).toBeGreaterThan(100)
  })
})
