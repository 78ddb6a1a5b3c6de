import type { Change, ChangeKind, ChangeOf } from '../change.ts'
import type { ManualChange, SchemaDialect } from '../schema-dialect.ts'
import { asksUndeclaredAlone } from './asks-undeclared-alone.ts'
import { columnsIn } from './columns-in.ts'
import { describeChange, sidesOf } from './describe-change.ts'
import type { Drift, LeftAlone } from './plan.ts'

/** What start-up does about a change: the dialect renders it, it is left alone and said so, or it is refused. */
export type Treatment =
  | { readonly kind: 'render' }
  | { readonly kind: 'leaveAlone'; readonly leftAlone: LeftAlone }
  | { readonly kind: 'refuse'; readonly drift: Drift }

interface TreatmentContext {
  readonly dialect: Pick<SchemaDialect, 'byHand' | 'quoteName'>
  isOwned(kind: string, path: string): boolean
}

type Treatments = { readonly [K in ChangeKind]: (change: ChangeOf<K>, context: TreatmentContext) => Treatment }

const render: Treatment = { kind: 'render' }

/** The treatment of each kind of change at start-up. */
export const treatments: Treatments = {
  createTable: () => render,
  addUnique: () => render,
  addIndex: () => render,
  addForeignKey: () => render,
  addCheck: () => render,
  addColumn: (change) => (needsValue(change.wanted) ? refuse(change, noValueForRows) : render),

  dropTable: (change, context) => leaveAlone(change, context, 'table'),
  dropIndex: (change, context) => leaveAlone(change, context, 'index'),
  dropColumn: (change, context) =>
    needsValue(change.live) ? refuse(change, everyInsertFails) : leaveAlone(change, context, 'column'),
  dropUnique: (change, context) => leaveRule(change, context, 'unique'),
  dropForeignKey: (change, context) => leaveRule(change, context, 'foreignKey'),
  dropCheck: (change, context) => leaveRule(change, context, 'check'),

  replaceObject: (change) =>
    refuse(change, {
      reason:
        change.live.kind === 'unknown'
          ? 'it cannot be compared, so nothing is known of it'
          : 'the name is taken by something that models do not declare',
      remedy: 'Rename it in the database, or give the model another table name',
    }),
  renameTable: (change) =>
    refuse(change, {
      reason: 'this is either a rename or a new table and a lost one, and nothing says which',
      remedy:
        `If it is a rename, keep the name in the model: model('${change.live.name}', …); ` +
        `if it is not, drop ${change.live.name} by hand or give it another name`,
    }),
  renameColumn: (change, context) =>
    refuse(change, {
      reason: 'this is either a rename or a new column and a lost one, and nothing says which',
      remedy:
        `If it is a rename, rename the column by hand (${renameSql(change, context)})${ruleNames(change, context)}; ` +
        `if it is not, drop ${change.live.name} by hand or declare it again`,
    }),
  alterTable: (change, context) => refuse(change, changed(change, context)),
  alterColumn: (change, context) => refuse(change, changed(change, context)),
  alterPrimaryKey: (change, context) => refuse(change, changed(change, context)),
  alterUnique: (change, context) => refuse(change, changed(change, context)),
  alterIndex: (change, context) => refuse(change, changed(change, context)),
  alterForeignKey: (change, context) => refuse(change, changed(change, context)),
  alterCheck: (change, context) => refuse(change, changed(change, context)),
}

function refuse(change: Change, words: Pick<Drift, 'reason' | 'remedy'>): Treatment {
  return { kind: 'refuse', drift: describeChange(change, words) }
}

function renameSql({ table, live, wanted }: ChangeOf<'renameColumn'>, { dialect }: TreatmentContext): string {
  const [of, from, to] = [table.live.name, live.name, wanted.name].map((name) => dialect.quoteName(name))
  return `alter table ${of} rename column ${from} to ${to}`
}

/** A column's rules are named after it, and keep their names when it gets another. */
function ruleNames({ table, live }: ChangeOf<'renameColumn'>, { dialect }: TreatmentContext): string {
  const { checks, foreignKeys, uniques } = table.live
  const isRuled =
    checks.some(({ expression }) => columnsIn(expression, table.live).includes(live)) ||
    [...foreignKeys, ...uniques].some(({ columns }) => columns.includes(live.name))
  if (!isRuled || dialect.byHand.renamesRules) return ''
  return ` and, as its rules keep their names, rebuild the table; until then keep the name ${live.name} in the model`
}

/** No row can be without a value, and nothing gives one. */
function needsValue({ nullable, default: fallback, identity, generated }: ChangeOf<'dropColumn'>['live']): boolean {
  return !nullable && fallback === null && !identity && generated === null
}

const noValueForRows = {
  reason:
    'it is not null and has no default: rows that are there, and those that the previous release writes, would have no value',
  remedy: 'Give it a default, or declare it nullable first, fill it, and make it not null in a later release',
}

const everyInsertFails = {
  reason: 'it is not null and has no default, so that no row could be inserted',
  remedy: 'Declare it in the model, or by hand give it a default, make it nullable, or drop it',
}

type Drop = ChangeOf<'dropTable' | 'dropColumn' | 'dropIndex' | 'dropUnique' | 'dropForeignKey' | 'dropCheck'>

function leaveAlone(change: Drop, context: TreatmentContext, kind: string): Treatment {
  const { object, live } = sidesOf(change)
  const note = isOwnedDrop(change, context, kind) ? 'was declared once and is kept' : 'is not declared'
  return { kind: 'leaveAlone', leftAlone: { object, note: `${note}: ${live}` } }
}

type RuleDrop = ChangeOf<'dropUnique' | 'dropForeignKey' | 'dropCheck'>

/**
 * A rule that somebody else added is theirs, and one on columns that a later release added refuses nothing of this one; one
 * that the models have given up on columns that they keep still refuses rows that they now allow.
 */
function leaveRule(change: RuleDrop, context: TreatmentContext, kind: string): Treatment {
  if (!isOwnedDrop(change, context, kind) || asksUndeclaredAlone(change)) return leaveAlone(change, context, kind)
  return refuse(change, {
    reason: 'no model declares it any more, yet it still refuses rows',
    remedy: manually(change, context, 'declare it again'),
  })
}

function isOwnedDrop(change: Drop, { isOwned }: TreatmentContext, kind: string): boolean {
  if (change.kind === 'dropTable') return isOwned(kind, change.live.name)
  return change.live.name !== null && isOwned(kind, `${change.table.live.name}.${change.live.name}`)
}

type Alter = Extract<Change, { readonly differences: unknown }>

function changed(change: Alter, context: TreatmentContext): Pick<Drift, 'reason' | 'remedy'> {
  const reason = change.differences.map(({ comparison }) => comparison.reason).join('; ')
  const isName = change.differences.every(({ aspect }) => aspect === 'name')
  const instead = isName ? 'keep the former name in the model' : 'declare the model as the database has it'
  return { reason, remedy: manually(change, context, instead) }
}

/** Whether the wanted rule is about a column that is yet to be added: the old rule would be gone before the new one fails. */
function awaitsColumn(change: ManualChange): boolean {
  if (!('wanted' in change) || change.wanted === null || 'type' in change.wanted || 'options' in change.wanted)
    return false
  const { table, wanted } = change
  const listed = 'columns' in wanted ? wanted.columns.map((each) => (typeof each === 'string' ? each : each.name)) : []
  const condition = 'where' in wanted ? wanted.where : 'expression' in wanted ? wanted.expression : null
  const named = columnsIn(condition ?? '', table.wanted).map(({ name }) => name)
  const isMissing = (name: string): boolean => !table.live.columns.some((column) => column.name === name)
  return [...listed, ...named].some(isMissing)
}

/** The statements last, so that they can be copied to the end of the line. */
function manually(change: ManualChange, { dialect }: TreatmentContext, instead: string): string {
  const statements = awaitsColumn(change) ? null : dialect.byHand.statements(change)
  if (statements === null) return `${dialect.byHand.otherwise}, or ${instead}`
  return `Either ${instead}, or by hand: ${statements.join('; ')}`
}
