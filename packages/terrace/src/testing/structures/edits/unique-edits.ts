import type { Deferrability, TypeWords } from '../../../schema/index.ts'
import type { RowKind } from '../cells.ts'
import {
  found,
  keyOf,
  plainUnique,
  tableOf,
  type Draft,
  type DraftColumn,
  type DraftTable,
  type DraftUnique,
} from '../draft.ts'
import type { Workbench } from '../workbench.ts'
import { keyColumn } from './column-edits.ts'
import { looser, sameRule, type MadeEdit, type Recipes } from './recipe.ts'

export const uniqueEdits: Recipes = {
  'unique.name add': { make: add },
  'unique.name drop': { make: drop, safe: looser },
  'unique.name rename': { make: rename, safe: sameRule },
  'unique.name swap': { make: swap, safe: sameRule },
  'unique.columns change': { make: columns },
  'unique.where add': { make: (bench) => partial(bench, 'add'), safe: looser },
  'unique.where change': { make: (bench) => partial(bench, 'change') },
  'unique.where drop': { make: (bench) => partial(bench, 'drop') },
  'unique.nulls change': { make: nulls },
  'unique.include add': { make: (bench) => include(bench, [false, true]), safe: sameRule },
  'unique.include change': { make: (bench) => include(bench, [true, true]), safe: sameRule },
  'unique.include drop': { make: (bench) => include(bench, [true, false]), safe: sameRule },
  'unique.deferrable add': { make: (bench) => deferrable(bench, 'add'), safe: sameRule },
  'unique.deferrable change': { make: (bench) => deferrable(bench, 'change'), safe: sameRule },
  'unique.deferrable drop': { make: (bench) => deferrable(bench, 'drop'), safe: sameRule },
  'unique.heldBy change': { make: heldBy, safe: sameRule },
}

interface Subject {
  readonly table: DraftTable
  readonly column: DraftColumn
}

function subject(bench: Workbench): Subject {
  const table = bench.table()
  const column = keyColumn(bench, table)
  column.nullable = bench.random.chance(0.5)
  return { table, column }
}

function uniqueOf(draft: Draft, { name: table }: DraftTable, { name }: DraftUnique): DraftUnique {
  return found(
    tableOf(draft, table).uniques.find((unique) => unique.name === name),
    `no unique ${name}`,
  )
}

/** Puts a unique rule into the first structure and changes it in the second. */
function changed(table: DraftTable, unique: DraftUnique, change: (unique: DraftUnique) => void): MadeEdit {
  table.uniques.push(unique)
  return { edit: (after) => change(uniqueOf(after, table, unique)) }
}

function add(bench: Workbench): MadeEdit {
  const { table, column } = subject(bench)
  const unique = plainUnique(bench.name('uq'), [column.name])
  if (bench.words.hasNullsNotDistinct && bench.random.chance(0.3)) unique.nullsDistinct = false
  return {
    edit: (after) => void tableOf(after, table.name).uniques.push(structuredClone(unique)),
    violate: (rows) => rows.repeat(table, column.name),
  }
}

function drop(bench: Workbench): MadeEdit {
  const { table, column } = subject(bench)
  const unique = plainUnique(bench.name('uq'), [column.name])
  table.uniques.push(unique)
  return {
    edit: (after) => {
      const edited = tableOf(after, table.name)
      edited.uniques = edited.uniques.filter(({ name }) => name !== unique.name)
    },
  }
}

function rename(bench: Workbench): MadeEdit {
  const { table, column } = subject(bench)
  const to = bench.name('uq')
  return changed(table, plainUnique(bench.name('uq'), [column.name]), (unique) => void (unique.name = to))
}

/** Each of two rules gets the other's name. */
function swap(bench: Workbench): MadeEdit {
  const { table, column } = subject(bench)
  const one = plainUnique(bench.name('uq'), [column.name])
  const other = plainUnique(bench.name('uq'), [keyOf(table).name, column.name])
  table.uniques.push(one, other)
  return {
    edit: (after) => {
      const [first, second] = [uniqueOf(after, table, one), uniqueOf(after, table, other)]
      first.name = other.name
      second.name = one.name
    },
  }
}

function columns(bench: Workbench): MadeEdit {
  const { table, column } = subject(bench)
  const made = changed(table, plainUnique(bench.name('uq'), [keyOf(table).name, column.name]), (unique) => {
    unique.columns = [column.name]
  })
  return { ...made, violate: (rows) => rows.repeat(table, column.name) }
}

/** A second column whose rule parts the rows: those that break it are not held to be unique. */
function partial(bench: Workbench, edit: 'add' | 'change' | 'drop'): MadeEdit | null {
  const type = bench.typeWith(({ rules }) => rules.length > (edit === 'change' ? 1 : 0))
  if (type === null || !bench.words.hasPartialUniques) return null
  const { table, column } = subject(bench)
  const marker = bench.fill(bench.addPlainColumn(table, type))
  const [first, second] = bench.random.some(type.rules, 2, 2)
  const condition = (rule: TypeWords['rules'][number] | undefined): string | null =>
    rule?.condition(bench.quote(marker.name)) ?? null
  const unique = plainUnique(bench.name('uq'), [column.name])
  unique.where = edit === 'add' ? null : condition(first)
  unique.heldBy = heldFor(bench, unique.where)
  const made = changed(table, unique, (after) => {
    after.where = edit === 'drop' ? null : condition(edit === 'add' ? first : second)
    after.heldBy = heldFor(bench, after.where)
  })
  const violate: MadeEdit['violate'] = (rows) => {
    rows.repeat(table, column.name)
    rows.set(table, { row: 1, column: marker.name }, first?.violation ?? 'null')
  }
  return { ...made, violate }
}

function heldFor({ words }: Workbench, where: string | null): DraftUnique['heldBy'] {
  return where !== null && words.tellsUniqueIndexes ? 'index' : 'constraint'
}

function nulls(bench: Workbench, rows: RowKind): MadeEdit | null {
  if (!bench.words.hasNullsNotDistinct) return null
  const { table, column } = subject(bench)
  column.nullable = true
  const unique = plainUnique(bench.name('uq'), [column.name])
  unique.nullsDistinct = rows === 'violating' || bench.random.chance(0.5)
  const made = changed(table, unique, (after) => void (after.nullsDistinct = !unique.nullsDistinct))
  return {
    ...made,
    violate: (draft) => {
      for (const row of [0, 1]) draft.set(table, { row, column: column.name }, 'null')
    },
  }
}

function include(bench: Workbench, [before, after]: readonly [boolean, boolean]): MadeEdit | null {
  if (!bench.words.hasInclude) return null
  const { table, column } = subject(bench)
  const other = keyColumn(bench, table)
  const unique = plainUnique(bench.name('uq'), [column.name])
  if (before) unique.include = [other.name]
  return changed(table, unique, (made) => {
    made.include = after ? [before ? keyOf(table).name : other.name] : []
  })
}

function deferrable(bench: Workbench, edit: 'add' | 'change' | 'drop'): MadeEdit | null {
  const sides = deferrableSides(bench, bench.words.uniqueDeferrability, edit)
  if (sides === null) return null
  const { table, column } = subject(bench)
  const unique = plainUnique(bench.name('uq'), [column.name])
  unique.deferrable = sides[0]
  return changed(table, unique, (made) => void (made.deferrable = sides[1]))
}

/** What a rule is before and after its being put off comes, changes or goes; null where the engine has none. */
export function deferrableSides(
  { random }: Workbench,
  possible: readonly Deferrability[],
  edit: 'add' | 'change' | 'drop',
): readonly [Deferrability, Deferrability] | null {
  const [one, other] = random.some(
    possible.filter((each) => each !== 'no'),
    2,
    2,
  )
  if (one === undefined || (edit === 'change' && other === undefined)) return null
  if (edit === 'add') return ['no', one]
  return edit === 'drop' ? [one, 'no'] : [one, other ?? 'no']
}

function heldBy(bench: Workbench): MadeEdit | null {
  if (!bench.words.tellsUniqueIndexes) return null
  const { table, column } = subject(bench)
  const unique = plainUnique(bench.name('uq'), [column.name])
  unique.heldBy = bench.random.of(['index', 'constraint'] as const)
  const other = unique.heldBy === 'index' ? 'constraint' : 'index'
  return changed(table, unique, (made) => void (made.heldBy = other))
}
