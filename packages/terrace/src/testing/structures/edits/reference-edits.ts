import type { ReferentialAction } from '../../../schema/index.ts'
import {
  found,
  keyOf,
  plainForeignKey,
  tableOf,
  type Draft,
  type DraftColumn,
  type DraftForeignKey,
  type DraftTable,
} from '../draft.ts'
import type { Workbench } from '../workbench.ts'
import { looser, sameRule, type MadeEdit, type Recipes } from './recipe.ts'
import { deferrableSides } from './unique-edits.ts'

export const referenceEdits: Recipes = {
  'foreignKey.name add': { make: add },
  'foreignKey.name drop': { make: drop, safe: looser },
  'foreignKey.name rename': { make: rename, safe: sameRule },
  'foreignKey.name swap': { make: swap, safe: sameRule },
  'foreignKey.columns change': { make: columns },
  'foreignKey.target change': { make: otherTarget },
  'foreignKey.onDelete change': { make: (bench) => action(bench, 'onDelete'), safe: sameRule },
  'foreignKey.onUpdate change': { make: (bench) => action(bench, 'onUpdate'), safe: sameRule },
  'foreignKey.deferrable add': { make: (bench) => deferrable(bench, 'add'), safe: sameRule },
  'foreignKey.deferrable change': { make: (bench) => deferrable(bench, 'change'), safe: sameRule },
  'foreignKey.deferrable drop': { make: (bench) => deferrable(bench, 'drop'), safe: sameRule },
}

/** No key has the last of the values. */
function orphan(bench: Workbench, { type }: DraftColumn): string {
  return bench.wordsOf(type).value(9)
}

/** A nullable column of the type of another table's, or its own table's, key. */
function pointer(bench: Workbench, table: DraftTable, target: DraftTable): DraftColumn {
  const column = bench.fill(bench.addPlainColumn(table, bench.wordsOf(keyOf(target).type)))
  column.collation = keyOf(target).collation
  return column
}

function keyIn(draft: Draft, { name: table }: DraftTable, { name }: DraftForeignKey): DraftForeignKey {
  return found(
    tableOf(draft, table).foreignKeys.find((key) => key.name === name),
    `no foreign key ${name}`,
  )
}

function changed(table: DraftTable, key: DraftForeignKey, change: (key: DraftForeignKey) => void): MadeEdit {
  return { edit: (after) => change(keyIn(after, table, key)) }
}

function add(bench: Workbench): MadeEdit {
  const table = bench.table()
  const parent = bench.table()
  const column = pointer(bench, table, parent)
  const key = plainForeignKey(bench.name('fk'), [column.name], parent)
  key.onDelete = bench.random.of(bench.words.onDelete)
  return {
    edit: (after) => void tableOf(after, table.name).foreignKeys.push(structuredClone(key)),
    violate: (rows) => rows.set(table, { row: 1, column: column.name }, orphan(bench, column)),
  }
}

function drop(bench: Workbench): MadeEdit {
  const table = bench.table()
  const { key } = bench.addReference(table, bench.table())
  return {
    edit: (after) => {
      const edited = tableOf(after, table.name)
      edited.foreignKeys = edited.foreignKeys.filter(({ name }) => name !== key.name)
    },
  }
}

function rename(bench: Workbench): MadeEdit {
  const table = bench.table()
  const { key } = bench.addReference(table, bench.table())
  const to = bench.name('fk')
  return changed(table, key, (edited) => void (edited.name = to))
}

function swap(bench: Workbench): MadeEdit {
  const table = bench.table()
  const one = bench.addReference(table, bench.table()).key
  const other = bench.addReference(table, bench.table()).key
  return {
    edit: (after) => {
      const [first, second] = [keyIn(after, table, one), keyIn(after, table, other)]
      first.name = other.name
      second.name = one.name
    },
  }
}

function columns(bench: Workbench): MadeEdit {
  const table = bench.table()
  const parent = bench.table()
  const { column, key } = bench.addReference(table, parent)
  const other = pointer(bench, table, parent)
  if (column.nullable) other.nullable = true
  return {
    ...changed(table, key, (edited) => void (edited.columns = [other.name])),
    violate: (rows) => rows.set(table, { row: 1, column: other.name }, orphan(bench, other)),
  }
}

/** The row that it leads to is not in the other table. */
function otherTarget(bench: Workbench): MadeEdit {
  const type = bench.keyType()
  const parent = bench.addTable(type)
  const other = bench.addTable(type)
  const table = bench.addTable()
  const { column, key } = bench.addReference(table, parent)
  bench.fill(column)
  keyOf(other).collation = keyOf(parent).collation
  keyOf(other).identity = null
  const made = changed(table, key, (edited) => {
    edited.targetTable = other.name
    edited.targetColumns = [keyOf(other).name]
  })
  return {
    ...made,
    violate: (rows) => rows.set(other, { row: 1, column: keyOf(other).name }, orphan(bench, keyOf(other))),
  }
}

function action(bench: Workbench, aspect: 'onDelete' | 'onUpdate'): MadeEdit | null {
  const table = bench.table()
  const { column, key } = bench.addReference(table, bench.table())
  column.nullable = true
  const possible = bench.words[aspect]
  const others = possible.filter((each) => each !== key[aspect])
  if (others.length === 0) return null
  const to: ReferentialAction = bench.random.of(others)
  return changed(table, key, (edited) => void (edited[aspect] = to))
}

function deferrable(bench: Workbench, edit: 'add' | 'change' | 'drop'): MadeEdit | null {
  const sides = deferrableSides(bench, bench.words.keyDeferrability, edit)
  if (sides === null) return null
  const table = bench.table()
  const { key } = bench.addReference(table, bench.table())
  key.deferrable = sides[0]
  return changed(table, key, (edited) => void (edited.deferrable = sides[1]))
}
