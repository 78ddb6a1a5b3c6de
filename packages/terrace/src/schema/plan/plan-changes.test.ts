import { describe, expect, test } from 'vitest'
import { different, unknown } from '../comparison.ts'
import type { Change } from '../change.ts'
import { diffSnapshots } from '../diff/diff-snapshots.ts'
import type { Conversion, RenderedStep, SchemaDialect } from '../schema-dialect.ts'
import { snapshotFrom } from '../snapshot-from.ts'
import type { ColumnShape, ForeignKeyShape, LiveStructure, Source, TableShape, UniqueShape } from '../snapshot.ts'
import type { Plan } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planChanges } from './plan-changes.ts'

const key = column('id', { type: 'uuid', nullable: false })

function sourceOf(fact: Source['fact'], name: string, properties: readonly string[] = [name]): Source {
  return { model: 'Shop', fact, name, columns: [name], properties }
}

function column(name: string, facts: Partial<ColumnShape> = {}): ColumnShape {
  const plain = { nullable: true, default: null, generated: null, identity: null, collation: null, comment: null }
  return { name, type: 'text', ...plain, isOpaque: false, source: sourceOf('column', name), ...facts }
}

function unique(name: string, columns: readonly string[], facts: Partial<UniqueShape> = {}): UniqueShape {
  const plain = { where: null, nullsDistinct: true, heldBy: 'constraint', include: [], deferrable: 'no' } as const
  return { name, columns, ...plain, enforced: true, source: sourceOf('unique', name), ...facts }
}

function foreignKey(name: string, columnName: string, targetTable: string): ForeignKeyShape {
  const rest = { onDelete: 'noAction', onUpdate: 'noAction', deferrable: 'no', enforced: true } as const
  return {
    name,
    columns: [columnName],
    targetTable,
    targetColumns: ['id'],
    ...rest,
    source: sourceOf('reference', name),
  }
}

function check(name: string, expression: string) {
  return { name, expression, enforced: true, source: sourceOf('check', name) }
}

function table(columns: readonly ColumnShape[], facts: Partial<TableShape> = {}): TableShape {
  const parts = { uniques: [], indexes: [], foreignKeys: [], checks: [] }
  const primaryKey = { name: 'pk', columns: ['id'], source: null }
  const all = [key, ...columns]
  return {
    name: 'shops',
    comment: null,
    options: {},
    columns: all,
    primaryKey,
    ...parts,
    source: sourceOf('model', 'Shop'),
    ...facts,
  }
}

const conversions: Readonly<Record<string, Conversion>> = {
  longer: { kind: 'lossless' },
  shorter: { kind: 'checked', offending: 'length(a) > 3', words: 'values longer than 3' },
  rougher: { kind: 'lossy', reason: 'digits are rounded away' },
  other: { kind: 'impossible', reason: 'no text is a colour' },
}

function stepOf(changes: readonly Change[], name: string): RenderedStep {
  return {
    phase: 'column',
    table: name,
    changes,
    statements: changes.map(({ kind }) => kind),
    inverse: null,
    lock: { blocks: 'writes', work: 'scan' },
    transaction: 'plan',
    idempotenceProbe: { sql: '', parameters: [] },
    makes: [],
    drops: [],
    refersTo: [],
  }
}

const dialect = {
  quoteName: (name: string) => `"${name}"`,
  conversions: {
    column: ({ wanted }: { readonly wanted: ColumnShape }) => conversions[wanted.type] ?? { kind: 'lossless' },
    options: () => ({ kind: 'lossless' }),
    valueWhenAdded: () => 'null',
  },
  render: {
    limits: (change: Change) => (change.kind === 'alterTable' ? { reason: 'it cannot', remedy: 'Leave it' } : null),
    createTable: (change: Change) => [stepOf([change], 'new')],
    dropTable: (change: Change) => [stepOf([change], 'gone')],
    renameTables: (changes: readonly Change[]) => [stepOf(changes, 'renamed')],
    renameColumns: (changes: readonly Change[]) => [stepOf(changes, 'shops')],
    alterTable: ({ changes }: { readonly changes: readonly Change[] }) =>
      changes.map((change) => stepOf([change], 'shops')),
  },
} as unknown as SchemaDialect

interface Sides {
  readonly live: readonly TableShape[]
  readonly wanted: readonly TableShape[]
}

function liveOf(tables: readonly TableShape[], rows: number | null = 5): LiveStructure {
  const estimatedRows = Object.fromEntries(tables.map(({ name }) => [name, rows]))
  return {
    snapshot: snapshotFrom(tables),
    estimatedRows,
    otherObjects: {},
    opaque: [],
    hasJournal: true,
    leftovers: [],
  }
}

const startup = { kind: 'startup', allow: [], maintenance: false, blockingLimitRows: 100 } as const

function contextOf(live: LiveStructure, facts: Partial<PlanContext> = {}): PlanContext {
  return {
    dialect,
    live,
    renames: [],
    mode: startup,
    online: false,
    isOwned: () => true,
    wasDeclared: () => true,
    holdsType: () => false,
    isHandChanged: () => false,
    ...facts,
  }
}

function plan({ live, wanted }: Sides, facts: Partial<PlanContext> = {}): Plan {
  const declared = snapshotFrom(wanted)
  const before = facts.live ?? liveOf(live)
  return planChanges(diffSnapshots(before, { declared, canonical: declared }), contextOf(before, facts))
}

function planOf(live: readonly ColumnShape[], wanted: readonly ColumnShape[], facts: Partial<PlanContext> = {}): Plan {
  return plan({ live: [table(live)], wanted: [table(wanted)] }, facts)
}

/** `does`, `refuses`, `freezes` and `leaves`, each with what. */
function outcome({ steps, drift, frozen, leftAlone }: Plan): Readonly<Record<string, readonly string[]>> {
  const lists = {
    does: steps.flatMap(({ changes }) => changes.map(({ kind, object }) => `${kind} ${object.split(' ').at(-1)}`)),
    refuses: drift.map(({ object }) => object),
    freezes: frozen.map(({ object }) => object),
    leaves: leftAlone.map(({ object }) => object),
  }
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
}

const allowing = (...allow: readonly string[]): Partial<PlanContext> => ({ mode: { ...startup, allow } })
const maintenance: Partial<PlanContext> = { mode: { ...startup, maintenance: true } }

describe('at a start', () => {
  test('nothing is done where nothing differs', () => {
    expect(outcome(planOf([column('a')], [column('a')]))).toEqual({})
  })

  test('what loses nothing is done, and what rows may stand against is counted first', () => {
    expect(outcome(planOf([column('a')], [column('a', { type: 'longer' })]))).toEqual({ does: ['alterColumn shops.a'] })
    const { steps } = planOf([column('a')], [column('a', { type: 'shorter', nullable: false })])
    expect(steps.flatMap(({ prechecks }) => prechecks.map(({ offending }) => offending))).toEqual([
      'rows without a value in a',
      'values longer than 3',
    ])
  })

  test('what may lose values is refused, and done where it is allowed by name', () => {
    const sides = [[column('a')], [column('a', { type: 'rougher' })]] as const
    expect(planOf(...sides).drift).toMatchObject([
      {
        reason: 'values would be lost: digits are rounded away',
        remedy: expect.stringContaining('alter-column shops.a'),
      },
    ])
    expect(outcome(planOf(...sides, allowing('alter-column shops.a')))).toEqual({ does: ['alterColumn shops.a'] })
    expect(outcome(planOf(...sides, maintenance))).toEqual({ refuses: ['column shops.a'] })
  })

  test('what cannot be is refused, whatever is allowed', () => {
    const sides = [[column('a')], [column('a', { type: 'other' })]] as const
    expect(planOf(...sides, allowing('alter-column shops.a')).drift).toMatchObject([{ reason: 'no text is a colour' }])
    const options = {
      live: [table([], { options: { strict: 'no' } })],
      wanted: [table([], { options: { strict: 'yes' } })],
    }
    expect(plan(options).drift).toMatchObject([{ reason: 'it cannot', remedy: 'Leave it' }])
  })

  test('what breaks the previous release waits until nobody else is at work', () => {
    const sides = [[], [column('a', { nullable: false })]] as const
    expect(planOf(...sides).drift).toMatchObject([{ reason: expect.stringContaining('it gives the column no value') }])
    expect(outcome(planOf(...sides, maintenance))).toEqual({ does: ['addColumn shops.a'] })
    expect(outcome(planOf(...sides, allowing('add-column shops.a')))).toEqual({ does: ['addColumn shops.a'] })
  })

  test('what the models gave up is kept, where it stands in nobody’s way', () => {
    expect(outcome(planOf([column('a')], []))).toEqual({ leaves: ['column shops.a'] })
    const required = [column('a', { nullable: false })]
    expect(outcome(planOf(required, []))).toEqual({ refuses: ['column shops.a'] })
    expect(outcome(planOf(required, [], allowing('drop-column shops.a')))).toEqual({ does: ['dropColumn shops.a'] })
  })

  test('a rule that the models gave up is refused where it still refuses rows, and goes where it held a type', () => {
    const sides = { live: [table([column('a')], { checks: [check('ck', '"a" > 1')] })], wanted: [table([column('a')])] }
    expect(outcome(plan(sides))).toEqual({ refuses: ['check shops.ck'] })
    expect(outcome(plan(sides, { holdsType: (path) => path === 'shops.ck' }))).toEqual({ does: ['dropCheck shops.ck'] })
    const alone = { live: sides.live, wanted: [table([])] }
    expect(outcome(plan(alone))).toEqual({ leaves: ['column shops.a', 'check shops.ck'] })
  })

  test('a unique rule becomes one of some rows, together with the column that limits it', () => {
    const sides = {
      live: [table([column('a')], { uniques: [unique('uq', ['a'])] })],
      wanted: [
        table([column('a'), column('deleted')], { uniques: [unique('uq', ['a'], { where: '"deleted" is null' })] }),
      ],
    }
    expect(outcome(plan(sides))).toEqual({ does: ['addColumn shops.deleted', 'alterUnique shops.uq'] })
  })

  test('what would block a large table is refused with its rows, unless nobody else is at work', () => {
    const sides = [[column('a')], [column('a', { type: 'longer' })]] as const
    const large = liveOf([table(sides[0])], 101)
    expect(planOf(...sides, { live: large }).drift).toMatchObject([{ reason: expect.stringContaining('101 rows') }])
    expect(planOf(...sides, { live: liveOf([table(sides[0])], 100) }).drift).toEqual([])
    expect(planOf(...sides, { live: liveOf([table(sides[0])], null) }).drift).toEqual([])
    expect(planOf(...sides, { live: large, ...maintenance }).drift).toEqual([])
  })

  test('allowances that allow nothing are told', () => {
    const context = allowing('drop-column shops.a', 'drop-column shops.b')
    expect(planOf([column('a')], [], context).unusedAllowances).toEqual(['drop-column shops.b'])
  })
})

describe('whose an object is', () => {
  const notOurs: Partial<PlanContext> = { isOwned: () => false }

  test('decides: the tables of others are left as they are, and what differs in them is refused', () => {
    expect(outcome(planOf([], [column('a')], notOurs))).toEqual({ refuses: ['column shops.a'] })
    expect(outcome(plan({ live: [table([])], wanted: [] }, notOurs))).toEqual({ leaves: ['table shops'] })
  })

  test('decides: what others put into our tables is left alone, unless no row could be inserted any more', () => {
    const ours: Partial<PlanContext> = { isOwned: (kind) => kind === 'table' }
    expect(outcome(planOf([column('a')], [], ours))).toEqual({ leaves: ['column shops.a'] })
    expect(planOf([column('a', { nullable: false })], [], ours).drift).toMatchObject([
      { reason: expect.stringContaining('no row could be inserted, and Terrace did not make it') },
    ])
  })

  test('decides: what a person has changed stays so, also what could not be compared or changed at all', () => {
    const context: Partial<PlanContext> = { isHandChanged: (kind, path) => `${kind} ${path}` === 'column shops.a' }
    const live = [column('a'), column('b')]
    const wanted = [column('a', { type: 'other' }), column('b', { type: 'longer' })]
    expect(outcome(planOf(live, wanted, context))).toEqual({
      does: ['alterColumn shops.b'],
      freezes: ['column shops.a'],
    })
  })

  test('does not matter to what cannot be compared: it is reported as unknown', () => {
    const [live, wanted] = [table([column('a')]), table([column('a')])]
    const change: Change = {
      kind: 'alterColumn',
      table: { live, wanted },
      live: column('a'),
      wanted: column('a'),
      differences: [
        { aspect: 'type', comparison: different('another') },
        { aspect: 'default', comparison: unknown('the engine would not say') },
      ],
      source: null,
    }
    const { drift, steps } = planChanges([change], contextOf(liveOf([live])))
    expect(steps).toEqual([])
    expect(drift).toMatchObject([{ comparison: 'unknown', reason: 'another; the engine would not say' }])
  })
})

describe('a column that is gone and one like it that is new', () => {
  const [before, after] = [[column('title')], [column('name')]]

  test('are refused in one line with both ways on, whatever rules and companions they have', () => {
    const companion = (name: string, property: string): ColumnShape =>
      column(name, { nullable: false, source: sourceOf('column', property, []) })
    const sides: Sides = {
      live: [table([column('title'), companion('title_folded', 'title')], { checks: [check('ck', '"title" > 1')] })],
      wanted: [table([column('name'), companion('name_folded', 'name')], { checks: [check('ck2', '"name" > 1')] })],
    }
    const { drift } = plan(sides)
    expect(drift).toMatchObject([
      {
        object: 'column shops.name',
        remedy:
          "If it is a rename, declare it: name: ….renamedFrom('title'); if it is not, start once with " +
          "allow: ['drop-column shops.title'], or keep title in the model",
      },
    ])
    const upper = planOf([column('Title')], after)
    expect(upper.drift[0]?.remedy).toContain("….renamedFrom({ column: 'Title' })")
  })

  test('are two things where a person says so, where the old one is not ours, or was given up before', () => {
    expect(outcome(planOf(before, after, allowing('drop-column shops.title')))).toEqual({
      does: ['addColumn shops.name', 'dropColumn shops.title'],
    })
    const both = { does: ['addColumn shops.name'], leaves: ['column shops.title'] }
    expect(outcome(planOf(before, after, { isOwned: (_, path) => path !== 'shops.title' }))).toEqual(both)
    expect(outcome(planOf(before, after, { wasDeclared: (_, path) => path !== 'shops.title' }))).toEqual(both)
    expect(outcome(planOf(before, [column('name', { type: 'other' })]))).toEqual(both)
  })

  test('are so for tables too', () => {
    const sides: Sides = { live: [table([column('a')])], wanted: [table([column('a')], { name: 'stores' })] }
    expect(plan(sides).drift).toMatchObject([
      { object: 'table stores', remedy: expect.stringContaining("renamedFrom: 'shops'") },
    ])
    expect(outcome(plan(sides, allowing('drop-table shops')))).toEqual({
      does: ['createTable stores', 'dropTable shops'],
    })
  })
})

describe('what is dropped', () => {
  test('takes along what cannot be without it, however often removed, and nothing else', () => {
    const marker = column('alive', { generated: { expression: '"deleted" is null', stored: false, invisible: true } })
    const live = table([column('a'), column('deleted'), marker], {
      uniques: [unique('uq_alive', ['a', 'alive']), unique('uq_a', ['a'])],
      checks: [check('ck_deleted', '"deleted" > 1'), check('ck_text', '"a" <> \'deleted\'')],
    })
    const { steps } = plan({ live: [live], wanted: [table([column('a')])] }, allowing('drop-column shops.deleted'))
    expect(steps.flatMap(({ statements }) => statements).toSorted()).toEqual([
      'dropCheck',
      'dropColumn',
      'dropColumn',
      'dropUnique',
    ])
  })

  test('takes the foreign keys along that lead to a table', () => {
    const sides: Sides = {
      live: [
        table([column('town_id')], { foreignKeys: [foreignKey('fk', 'town_id', 'towns')] }),
        table([], { name: 'towns' }),
      ],
      wanted: [table([column('town_id')])],
    }
    expect(outcome(plan(sides))).toEqual({ leaves: ['table towns'], refuses: ['foreign key shops.fk'] })
    expect(outcome(plan(sides, allowing('drop-table towns')))).toEqual({
      does: ['dropForeignKey shops.fk', 'dropTable towns'],
    })
  })
})

test('what is planned for review is everything, with its hazards', () => {
  const sides = [[column('a'), column('gone')], [column('a', { type: 'rougher' })]] as const
  const { steps, drift } = planOf(...sides, { mode: { kind: 'everything', allow: [] } })
  expect(drift).toEqual([])
  expect(steps.map(({ change, hazards }) => [change, hazards.map((hazard) => hazard.class)])).toEqual([
    ['alterColumn', ['lossy', 'blocking', 'irreversible']],
    ['dropColumn', ['lossy', 'breaking', 'blocking', 'irreversible']],
  ])
})
