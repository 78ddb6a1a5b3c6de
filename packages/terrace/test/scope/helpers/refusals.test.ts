import { ColumnNode, FunctionNode, ReferenceNode, sql, ValueNode, type OperationNode } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  concat,
  contains,
  dateTrunc,
  datePart,
  greatest,
  jsonArrayFrom,
  jsonObjectFrom,
  jsonPath,
  round,
  search,
  textLength,
} from '../../../src/dao/index.ts'
import { helperNames, unscoped, type HelperName } from '../../../src/database/index.ts'
import { refuses, type Build } from '../../support/scope-refusals.ts'
import { compiled, refusalOf, targets, type Target } from '../compiling.ts'
import type { AnyDb, AnyEb } from '../shop.ts'

/** The helper as an output of a query over products. */
const selected =
  (build: (eb: AnyEb) => unknown): Build =>
  (db: AnyDb) =>
    db.selectFrom('products').select((eb) => (build(eb) as { as(name: string): never }).as('value'))

const portionsOf = (eb: AnyEb) => eb.selectFrom('portions').whereRef('productId', '=', 'products.id')
const list = (eb: AnyEb) => jsonArrayFrom(portionsOf(eb).select('grams'))

/** A call that no helper of the DAO writes. */
const called = (name: HelperName, ...args: readonly OperationNode[]) =>
  selected(() => {
    const node = FunctionNode.create(helperNames[name], args)
    return { as: (alias: string) => ({ isAliasedExpression: true, toOperationNode: () => aliasNode(node, alias) }) }
  })

const aliasNode = (node: OperationNode, alias: string) => ({
  kind: 'AliasNode',
  node,
  alias: { kind: 'IdentifierNode', name: alias },
})

refuses('items of an array', [
  [
    'of what is none',
    called('holds', ReferenceNode.create(ColumnNode.create('name')), ValueNode.create('a')),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['of nothing', called('holds'), 'SCOPE_REFUSED'],
])

refuses('rows nested in rows (B7)', [
  ['of raw SQL', selected(() => jsonArrayFrom(sql`select 1` as never)), 'SCOPE_RAW'],
  ['of a write', called('rows', { kind: 'DeleteQueryNode' }), 'SCOPE_REFUSED'],
  ['of nothing', called('row'), 'SCOPE_REFUSED'],
  [
    'of a table that no model has',
    selected((eb) => jsonArrayFrom(eb.selectFrom('accounts').selectAll())),
    'SCOPE_UNKNOWN_TABLE',
  ],
  ['with a lock', selected((eb) => jsonArrayFrom(portionsOf(eb).select('grams').forUpdate())), 'SCOPE_REFUSED'],
  [
    'of what an app’s own function gives',
    selected((eb) => jsonObjectFrom(portionsOf(eb).select((inner) => inner.fn('soundex', ['size']).as('sound')))),
    'SCOPE_REFUSED',
    { allow: { functions: { soundex: 'unknown' } } },
  ],
  [
    'that are sorted by',
    (db) =>
      db
        .selectFrom('products')
        .select((eb) => ['id', list(eb).as('list')])
        .orderBy('list'),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'that are distinct',
    (db) =>
      db
        .selectFrom('products')
        .select((eb) => list(eb).as('list'))
        .distinct(),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'that are grouped by',
    (db) =>
      db
        .selectFrom('products')
        .select((eb) => list(eb).as('list'))
        .groupBy('list'),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'that are compared',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb(list(eb), '=', list(eb))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'that are compared with a value',
    (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb(list(eb) as never, '=', 'x' as never)),
    'SCOPE_VALUE',
  ],
  ['that are the greatest', selected((eb) => eb.fn.max(list(eb) as never)), 'SCOPE_NOT_COMPARABLE'],
  [
    'beside rows of other columns',
    selected((eb) => eb.fn.coalesce(list(eb), jsonArrayFrom(portionsOf(eb).select('size')))),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['made a text', selected((eb) => eb.cast(list(eb) as never, 'text')), 'SCOPE_NOT_COMPARABLE'],
  [
    'that are put into a column',
    (db) =>
      db
        .updateTable('products')
        .set((eb) => ({ note: list(eb) }))
        .where('kcal100g', '=', 1),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'with a name of the compiler’s own',
    selected((eb) => jsonArrayFrom(portionsOf(eb).select('grams as terrace_1'))),
    'SCOPE_RESERVED_NAME',
  ],
  [
    'with names that differ by case alone',
    selected((eb) => jsonArrayFrom(portionsOf(eb).select(['grams', 'size as GRAMS']))),
    'SCOPE_AMBIGUOUS',
  ],
])

const grouped: readonly (readonly [string, (eb: AnyEb) => ReturnType<AnyEb['selectFrom']>])[] = [
  ['grouped', (eb: AnyEb) => portionsOf(eb).select('size').groupBy('size')],
  ['counted', (eb: AnyEb) => portionsOf(eb).select((inner) => inner.fn.countAll().as('count'))],
  ['numbered', (eb: AnyEb) => portionsOf(eb).select((inner) => inner.fn.agg('row_number').over().as('no'))],
  [
    'sorted by a count',
    (eb: AnyEb) =>
      portionsOf(eb)
        .select('size')
        .orderBy((inner) => inner.fn.countAll()),
  ],
  ['distinct', (eb: AnyEb) => portionsOf(eb).select('size').distinct()],
  ['united', (eb: AnyEb) => portionsOf(eb).select('size').unionAll(portionsOf(eb).select('size'))],
]

describe('rows that an engine without correlated sub-queries in FROM cannot gather (B7)', () => {
  test.each(grouped)('%s', (_, build) => {
    const refusal = refusalOf(
      selected((eb) => jsonArrayFrom(build(eb))),
      { target: targets.nothing },
    )
    expect(refusal).toMatchObject({ code: 'SCOPE_UNSUPPORTED' })
    expect(refusal.remedy).toMatch(/CTE/)
    expect(compiled(selected((eb) => jsonArrayFrom(build(eb)))).sql).toContain('json_group_array')
  })

  test('whose limit nobody knows', () => {
    const build = selected((eb) =>
      jsonArrayFrom(
        portionsOf(eb)
          .select('grams')
          .limit(sql`2` as never),
      ),
    )
    const refusal = refusalOf(build, { target: targets.nothing, scope: unscoped('a test') })
    expect(refusal).toMatchObject({ code: 'SCOPE_REFUSED' })
    expect(refusal.message).toContain('A limit of a nested query without a number')
  })

  test('are gathered up to a limit, also a wide one, and with what is null', () => {
    const build = selected((eb) =>
      jsonArrayFrom(
        portionsOf(eb)
          .select((inner) => inner.val(null).as('none'))
          .limit(7n),
      ),
    )
    expect(compiled(build, { target: targets.mysql }).sql).toMatch(/limit 7\b/)
  })

  test('are gathered where they name nothing around them', () => {
    const build = selected((eb) => jsonArrayFrom(eb.selectFrom('portions').select('size').groupBy('size')))
    expect(compiled(build, { target: targets.nothing }).sql).toContain('group by')
  })

  test('one row of counts is no list', () => {
    const build = selected((eb) => jsonObjectFrom(portionsOf(eb).select((inner) => inner.fn.countAll().as('count'))))
    expect(compiled(build, { target: targets.nothing }).sql).toContain('count(*)')
  })
})

describe('nested rows as they come out (B7)', () => {
  const decoded = (build: Build, target: Target, text: string): unknown => {
    const [decoding] = compiled(build, { target }).decodings
    return decoding?.decode(text as never)
  }
  const grams = selected((eb) => jsonArrayFrom(eb.selectFrom('portions').select('grams')))
  const lists = selected((eb) =>
    jsonArrayFrom(
      eb
        .selectFrom('portions')
        .select((inner) => jsonArrayFrom(inner.selectFrom('servings').select('servings.id')).as('servings')),
    ),
  )

  test('are those of the list', () => {
    expect(decoded(grams, targets.sqlite, '[[1],[2]]')).toEqual([{ grams: 1 }, { grams: 2 }])
    expect(decoded(grams, targets.mysql, '[2,[1],[2]]')).toEqual([{ grams: 1 }, { grams: 2 }])
    expect(decoded(lists, targets.sqlite, '[[[["a"]]],[[]]]')).toEqual([{ servings: [{ id: 'a' }] }, { servings: [] }])
  })

  test.each([
    ['no list', grams, targets.sqlite, '{"grams":1}'],
    ['no list, on an engine that counts', grams, targets.mysql, '1'],
    ['fewer than were counted', grams, targets.mysql, '[3,[1],[2]]'],
    ['a list without its lists', lists, targets.sqlite, '[[null]]'],
  ] as const)('are an error where they are %s', (_, build, target, text) => {
    expect(() => decoded(build, target, text)).toThrow(expect.objectContaining({ code: 'SCOPE_LIST_CUT' }) as never)
  })
})

refuses('dates (X1)', [
  ['of a text', selected((eb) => datePart('year', eb.ref('note'))), 'SCOPE_NOT_COMPARABLE'],
  ['of a value alone', selected((eb) => dateTrunc('year', eb.val(new Date()))), 'SCOPE_VALUE'],
  [
    'by a word that is none',
    selected((eb) => datePart('year); drop table products' as never, eb.ref('createdAt'))),
    'SCOPE_REFUSED',
  ],
  ['by nothing', called('datePart'), 'SCOPE_REFUSED'],
  ['by a column’s text', called('dateTrunc', { kind: 'ReferenceNode' }), 'SCOPE_REFUSED'],
])

refuses('paths into json (X1)', [
  ['of a text', selected((eb) => jsonPath(eb.ref('note'), ['a'], 'text')), 'SCOPE_NOT_COMPARABLE'],
  ['as a type that is none', selected((eb) => jsonPath(eb.ref('note'), ['a'], 'date' as never)), 'SCOPE_REFUSED'],
  ...([-1, 1.5, Number.NaN, 2 ** 31, 'a\0', '\ud800', null, undefined, true, ['a']] as const).map(
    (part) =>
      [
        `through ${JSON.stringify(part) ?? 'undefined'}`,
        (db: AnyDb) => db.selectFrom('posts').select((eb) => jsonPath(eb.ref('tags'), [part as never], 'text').as('t')),
        'SCOPE_VALUE',
      ] as const,
  ),
  [
    'compared as json',
    (db) =>
      db
        .selectFrom('posts')
        .select('id')
        .where((eb) => eb(jsonPath(eb.ref('tags'), [0], 'json'), '=', 'a' as never)),
    'SCOPE_VALUE',
  ],
  [
    'sorted by as json',
    (db) =>
      db
        .selectFrom('posts')
        .select('id')
        .orderBy((eb) => jsonPath(eb.ref('tags'), [0], 'json')),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'through a property that the engine cannot name',
    (db) => db.selectFrom('posts').select((eb) => jsonPath(eb.ref('tags'), ['-a'], 'text').as('t')),
    'SCOPE_UNSUPPORTED',
    { target: { ...targets.mysql, capabilities: { ...targets.mysql.capabilities, product: 'MariaDB' } } },
  ],
])

refuses('texts and numbers (X1)', [
  ['found in a number', selected((eb) => contains(eb.ref('kcal100g') as never, '1')), 'SCOPE_NOT_COMPARABLE'],
  ['a number found', selected((eb) => contains(eb.ref('note'), 1 as never)), 'SCOPE_VALUE'],
  [
    'a choice of numbers found',
    selected((eb) => contains(eb.ref('note'), eb.case().when('isOpen', '=', true).then(1).else(2).end() as never)),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'a column found in one that ignores case',
    selected((eb) => contains(eb.ref('name'), eb.ref('note'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['joined with a number', selected((eb) => concat(eb.ref('kcal100g') as never, 'kcal')), 'SCOPE_NOT_COMPARABLE'],
  ['nothing joined', selected(() => concat()), 'SCOPE_REFUSED'],
  ['the length of a date', selected((eb) => textLength(eb.ref('createdAt') as never)), 'SCOPE_NOT_COMPARABLE'],
  ['a decimal rounded', selected((eb) => round(eb.ref('price') as never)), 'SCOPE_NOT_COMPARABLE'],
  ['a text rounded', selected((eb) => round(eb.ref('note') as never)), 'SCOPE_NOT_COMPARABLE'],
  [
    'the greater of a text and a number',
    selected((eb) => greatest(eb.ref('note'), eb.ref('kcal100g') as never)),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['words searched in nothing', selected(() => search([], 'a')), 'SCOPE_REFUSED', { target: targets.postgres }],
  [
    'words searched in a number',
    selected((eb) => search(eb.ref('kcal100g') as never, 'a')),
    'SCOPE_NOT_COMPARABLE',
    { target: targets.postgres },
  ],
  ['words searched without an index', selected((eb) => search(eb.ref('note'), 'a')), 'SCOPE_UNSUPPORTED'],
])

describe('what is refused names the helper that does it', () => {
  const remedies: readonly (readonly [string, Build, RegExp])[] = [
    [
      'a path of Kysely’s',
      (db) => db.selectFrom('posts').select((eb) => eb.ref('tags', '->').at(0).as('t')),
      /jsonPath\(/,
    ],
    ['an operator of json', (db) => db.selectFrom('posts').select('id').where('tags', '@>', '[]'), /jsonPath\(/],
    ['||', selected((eb) => eb('note', '||', 'x')), /concat\(/],
    ['LIKE', (db) => db.selectFrom('products').select('id').where('note', 'like', '%x%'), /contains\(/],
    [
      'an unknown function',
      selected((eb) => eb.fn('date_trunc', [eb.val('day'), 'createdAt'])),
      /helper of terrace\/dao/,
    ],
  ]
  test.each(remedies)('%s', (_, build, remedy) => {
    expect(refusalOf(build).remedy).toMatch(remedy)
  })
})

test('a word of the caller never reaches the text: values are parameters', () => {
  const { sql: text, bindings } = compiled(
    (db) => db.selectFrom('posts').select((eb) => jsonPath(eb.ref('tags'), [`"') drop`, 7], 'text').as('t')),
    { target: targets.postgres },
  )
  expect(text).not.toContain('drop')
  expect(bindings).toContainEqual({ kind: 'value', value: `"') drop` })
})
