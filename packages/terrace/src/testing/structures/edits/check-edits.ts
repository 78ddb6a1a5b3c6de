import type { RuleWords } from '../../../schema/index.ts'
import { found, tableOf, type Draft, type DraftCheck, type DraftColumn, type DraftTable } from '../draft.ts'
import type { Workbench } from '../workbench.ts'
import { looser, sameRule, type MadeEdit, type Recipes } from './recipe.ts'

export const checkEdits: Recipes = {
  'check.name add': { make: add },
  'check.name drop': { make: drop, safe: looser },
  'check.name rename': { make: rename, safe: sameRule },
  'check.name swap': { make: swap, safe: sameRule },
  'check.expression change': { make: expression },
}

interface Subject {
  readonly table: DraftTable
  readonly column: DraftColumn
  readonly rules: readonly RuleWords[]
}

function subject(bench: Workbench): Subject | null {
  const type = bench.typeWith(({ rules }) => rules.length > 1)
  if (type === null) return null
  const table = bench.table()
  const column = bench.fill(bench.addPlainColumn(table, type))
  return { table, column, rules: bench.random.some(type.rules, 2, 2) }
}

function checkOver(bench: Workbench, { column }: Subject, rule: RuleWords | undefined): DraftCheck {
  return bench.makeCheck(found(rule, 'no rule').condition(bench.quote(column.name)))
}

function checkIn(draft: Draft, { name: table }: DraftTable, { name }: DraftCheck): DraftCheck {
  return found(
    tableOf(draft, table).checks.find((check) => check.name === name),
    `no check ${name}`,
  )
}

function add(bench: Workbench): MadeEdit | null {
  const made = subject(bench)
  if (made === null) return null
  const { table, column, rules } = made
  const check = checkOver(bench, made, rules[0])
  return {
    edit: (after) => void tableOf(after, table.name).checks.push(structuredClone(check)),
    violate: (rows) => rows.set(table, { row: 1, column: column.name }, rules[0]?.violation ?? 'null'),
  }
}

function drop(bench: Workbench): MadeEdit | null {
  const made = subject(bench)
  if (made === null) return null
  const check = checkOver(bench, made, made.rules[0])
  made.table.checks.push(check)
  return {
    edit: (after) => {
      const edited = tableOf(after, made.table.name)
      edited.checks = edited.checks.filter(({ name }) => name !== check.name)
    },
  }
}

function rename(bench: Workbench): MadeEdit | null {
  const made = subject(bench)
  if (made === null) return null
  const check = checkOver(bench, made, made.rules[0])
  made.table.checks.push(check)
  const to = bench.name('ck')
  return { edit: (after) => void (checkIn(after, made.table, check).name = to) }
}

function swap(bench: Workbench): MadeEdit | null {
  const made = subject(bench)
  if (made === null) return null
  const [one, other] = [checkOver(bench, made, made.rules[0]), checkOver(bench, made, made.rules[1])]
  made.table.checks.push(one, other)
  return {
    edit: (after) => {
      const [first, second] = [checkIn(after, made.table, one), checkIn(after, made.table, other)]
      first.name = other.name
      second.name = one.name
    },
  }
}

function expression(bench: Workbench): MadeEdit | null {
  const made = subject(bench)
  if (made === null) return null
  const { table, column, rules } = made
  const check = checkOver(bench, made, rules[0])
  table.checks.push(check)
  const to = checkOver(bench, made, rules[1]).expression
  return {
    edit: (after) => void (checkIn(after, table, check).expression = to),
    violate: (rows) => rows.set(table, { row: 1, column: column.name }, rules[1]?.violation ?? 'null'),
  }
}
