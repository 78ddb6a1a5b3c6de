import {
  doubleQuoteName as quote,
  made,
  needsValue,
  objectHash,
  readyForeignKeys,
  referencesClause,
  constraintName,
  type ChangeOf,
  type ColumnAspect,
  type ColumnShape,
  type LockLevel,
  type RenderContext,
  type RenderedStep,
} from '../../../schema/index.ts'
import { conversionWork, usingClause } from '../conversion/using-clause.ts'
import { leftoverCheck, passingPrefix } from '../internal-names.ts'
import { checkClause, columnClause, columnComment, tableComment } from './clauses.ts'
import { columnStatements } from './column-statements.ts'
import { addingWork } from './default-work.ts'
import { addPiece, type StepChanges } from './piece-steps.ts'
import { pieceOf } from './pieces.ts'
import { brief, columnProbe, constraintProbe, repeatable, step } from './step.ts'
import { isRemade, isTouched, touchedColumns } from './touched-columns.ts'

const unblocked = { blocks: 'nothing', work: 'none' } as const

export function alterTableComment({ live, wanted, ...change }: ChangeOf<'alterTable'>): readonly RenderedStep[] {
  if (wanted.comment === null || wanted.comment === live.comment) return []
  return [
    step({
      phase: 'column',
      table: live.name,
      changes: [{ live, wanted, ...change }],
      statements: [tableComment(live.name, wanted.comment)],
      inverse: [tableComment(live.name, live.comment ?? '')],
      lock: unblocked,
      idempotenceProbe: repeatable,
      makes: [{ kind: 'table', path: live.name }],
    }),
  ]
}

/** The column with the rules about it alone. A key without a default leads nowhere yet, so that it is not looked up. */
export function addColumn(change: ChangeOf<'addColumn'>, context: RenderContext): readonly RenderedStep[] {
  const { wanted, checks } = change
  const table = change.table.live.name
  const { ready, waiting } = keysOf(change, context)
  const rules = [
    ...ready.map((key) => ` ${constraintName(key.name, quote)}${referencesClause(key, quote)}`),
    ...checks.map((check) => ` ${checkClause(check)}`),
  ]
  const scans = checks.length > 0 || (ready.length > 0 && wanted.default !== null)
  const work = addingWork(wanted)
  const added = step({
    phase: 'column',
    table,
    changes: [change],
    statements: [
      `alter table ${quote(table)} add column ${columnClause(wanted)}${rules.join('')}`,
      ...commentOf(table, wanted),
    ],
    inverse: [dropSql(table, wanted)],
    lock: { blocks: 'everything', work: work === 'none' && scans ? 'scan' : work },
    idempotenceProbe: columnProbe(quote(table), wanted.name),
    makes: [
      made('column', table, wanted),
      ...ready.map((key) => made('foreignKey', table, key)),
      ...checks.map((check) => made('check', table, check)),
    ],
    refersTo: ready.map(({ targetTable }) => targetTable).filter((name) => name !== table),
  })
  return [added, ...waiting.map((key) => addPiece(pieceOf('foreignKey', table, key), [change]))]
}

/** A key may lead at once to what is there already and stays as it is. */
function keysOf(
  { table: { live }, foreignKeys }: ChangeOf<'addColumn'>,
  context: RenderContext,
): ReturnType<typeof readyForeignKeys> {
  const { ready, waiting } = readyForeignKeys(live.name, foreignKeys, context)
  const touched = touchedColumns(live.name, context)
  const key = live.primaryKey
  const isKept =
    key !== null &&
    context.after.tables[live.name]?.primaryKey === key &&
    !key.columns.some((name) => isTouched(touched, name))
  const isReady = ({ targetTable, targetColumns }: (typeof ready)[number]): boolean =>
    targetTable !== live.name || (isKept && targetColumns.join('\0') === key.columns.join('\0'))
  return { ready: ready.filter(isReady), waiting: [...waiting, ...ready.filter((each) => !isReady(each))] }
}

function commentOf(table: string, { name, comment }: ColumnShape): readonly string[] {
  return comment === null || comment === '' ? [] : [columnComment(table, name, comment)]
}

function dropSql(table: string, { name }: ColumnShape): string {
  return `alter table ${quote(table)} drop column ${quote(name)}`
}

function addSql(table: string, column: ColumnShape): string {
  return `alter table ${quote(table)} add column ${columnClause(column)}`
}

export function dropColumn(change: ChangeOf<'dropColumn'>): RenderedStep {
  const { live, table } = change
  const name = table.live.name
  return step({
    phase: 'dropColumn',
    table: name,
    changes: [change],
    statements: [dropSql(name, live)],
    // No row could be given the value that it had.
    inverse: needsValue(live) ? null : [addSql(name, live), ...commentOf(name, live)],
    idempotenceProbe: columnProbe(quote(name), live.name, { exists: false }),
    drops: [made('column', name, live)],
  })
}

/** In place where that can be, else as a new column; what is calculated goes before what it is calculated from changes. */
export function alterColumn(change: ChangeOf<'alterColumn'>, context: RenderContext): readonly RenderedStep[] {
  const { live, wanted, table, differences } = change
  const name = table.live.name
  if (wanted.generated !== null && isRemade(live, wanted))
    return live.generated === null ? [becomeGenerated(change)] : remakeColumn(name, { live, wanted, changes: [change] })
  if (isRemade(live, wanted)) return [becomePlain(change)]
  const aspects = new Set(differences.map(({ aspect }) => aspect))
  const altered = alteredInPlace(change, aspects)
  const becomesRequired = aspects.has('nullability') && !wanted.nullable
  return context.online && becomesRequired && altered.lock.work === 'scan' ? requireOnline(change, altered) : [altered]
}

function alteredInPlace(change: ChangeOf<'alterColumn'>, aspects: ReadonlySet<ColumnAspect>): RenderedStep {
  const { live, wanted, table } = change
  const sides = { table: table.live.name, aspects }
  return step({
    phase: 'column',
    table: table.live.name,
    changes: [change],
    statements: columnStatements({ ...sides, from: live, to: wanted }),
    inverse:
      live.generated !== null && wanted.generated === null
        ? [dropSql(table.live.name, live), addSql(table.live.name, live), ...commentOf(table.live.name, live)]
        : columnStatements({ ...sides, from: wanted, to: live }),
    lock: lockOf(change, aspects),
    idempotenceProbe: stateProbe(change, aspects),
    makes: [made('column', table.live.name, wanted)],
  })
}

function lockOf({ live, wanted, table }: ChangeOf<'alterColumn'>, aspects: ReadonlySet<ColumnAspect>): LockLevel {
  if ([...aspects].every((aspect) => aspect === 'comment')) return unblocked
  if (aspects.has('type') && conversionWork(live.type, wanted.type) === 'rewrite')
    return { blocks: 'everything', work: 'rewrite' }
  const isRequired = aspects.has('nullability') && !wanted.nullable
  // Collations order indexes, which are built anew; numbering begins behind the highest number, which an index tells.
  const leads = table.live.primaryKey?.columns[0] === live.name
  const isCounted = aspects.has('identity') && wanted.identity !== null && live.identity === null && !leads
  return isRequired || isCounted || aspects.has('collation') ? { blocks: 'everything', work: 'scan' } : brief
}

/** Whether it is as wanted in what can be told; defaults and comments may be set twice. */
function stateProbe(
  { wanted, table }: ChangeOf<'alterColumn'>,
  aspects: ReadonlySet<ColumnAspect>,
): RenderedStep['idempotenceProbe'] {
  const { type, nullable, identity } = wanted
  const isTold = [...aspects].some((aspect) => aspect !== 'default' && aspect !== 'comment' && aspect !== 'collation')
  const isGenerated = wanted.generated !== null
  const state = { type, nullable, isGenerated, identity: identity === null ? '' : identityLetters[identity] }
  return isTold ? columnProbe(quote(table.live.name), wanted.name, state) : repeatable
}

const identityLetters = { byDefault: 'd', always: 'a', serial: '' } as const

/** The way back keeps what was calculated. */
function becomeGenerated(change: ChangeOf<'alterColumn'>): RenderedStep {
  const { live, wanted, table } = change
  const name = table.live.name
  const plain: ColumnShape = { ...wanted, generated: null, default: null, identity: null }
  const all = new Set<ColumnAspect>(['type', 'nullability', 'default', 'identity', 'collation'])
  const ends = `alter table ${quote(name)} alter column ${quote(live.name)} drop expression`
  const back = columnStatements({ table: name, from: plain, to: live, aspects: all })
  return step({
    phase: 'column',
    table: name,
    changes: [change],
    statements: [dropSql(name, live), addSql(name, wanted), ...commentOf(name, kept(live, wanted))],
    inverse: wanted.generated?.stored === true ? [ends, ...back] : null,
    lock: { blocks: 'everything', work: 'rewrite' },
    idempotenceProbe: columnProbe(quote(name), wanted.name, { isGenerated: true }),
    makes: [made('column', name, wanted)],
  })
}

/** A column that is calculated when it is read has no values yet: they are written into a new one. */
function becomePlain({ live, wanted, table, ...change }: ChangeOf<'alterColumn'>): RenderedStep {
  const name = table.live.name
  const passing = passingPrefix + objectHash([name, live.name]).slice(0, 16)
  const [from, to] = [quote(passing), quote(wanted.name)]
  const value = usingClause(live.type, wanted.type, from) ?? from
  return step({
    phase: 'column',
    table: name,
    changes: [{ live, wanted, table, ...change }],
    statements: [
      `alter table ${quote(name)} rename column ${to} to ${from}`,
      addSql(name, { ...wanted, nullable: true }),
      `update ${quote(name)} set ${to} = ${value}`,
      ...(wanted.nullable ? [] : [`alter table ${quote(name)} alter column ${to} set not null`]),
      `alter table ${quote(name)} drop column ${from}`,
      ...commentOf(name, kept(live, wanted)),
    ],
    inverse: [dropSql(name, wanted), addSql(name, live), ...commentOf(name, live)],
    lock: { blocks: 'everything', work: 'rewrite' },
    idempotenceProbe: columnProbe(quote(name), wanted.name, { isGenerated: false }),
    makes: [made('column', name, wanted)],
  })
}

/** With the comment that it had, where none is asked for. */
function kept(live: ColumnShape, wanted: ColumnShape): ColumnShape {
  return { ...wanted, comment: wanted.comment ?? live.comment }
}

export interface Remaking {
  readonly live: ColumnShape
  readonly wanted: ColumnShape
  readonly changes: StepChanges
}

/** Dropped while there is still what it was calculated from, and added when there is what it shall be calculated from. */
export function remakeColumn(table: string, { live, wanted, changes }: Remaking): readonly RenderedStep[] {
  const again = kept(live, wanted)
  const makes = changes.length === 0 ? [] : [made('column', table, wanted)]
  return [
    step({
      phase: 'release',
      table,
      changes,
      statements: [dropSql(table, live)],
      inverse: [addSql(table, live), ...commentOf(table, live)],
      idempotenceProbe: columnProbe(quote(table), live.name, { exists: false }),
    }),
    step({
      phase: 'column',
      table,
      changes,
      statements: [addSql(table, again), ...commentOf(table, again)],
      inverse: [dropSql(table, again)],
      lock: { blocks: 'everything', work: addingWork(again) },
      idempotenceProbe: columnProbe(quote(table), wanted.name),
      makes,
    }),
  ]
}

/** A CHECK proves that no row is without a value, so that NOT NULL need not look. */
function requireOnline(change: ChangeOf<'alterColumn'>, altered: RenderedStep): readonly RenderedStep[] {
  const { wanted, table } = change
  const name = leftoverCheck + objectHash([table.live.name, wanted.name]).slice(0, 16)
  const head = `alter table ${quote(table.live.name)}`
  const drop = `${head} drop constraint if exists ${quote(name)}`
  const common = { phase: 'column', table: table.live.name, changes: [change], transaction: 'own' } as const
  const add = `${head} add constraint ${quote(name)} check (${quote(wanted.name)} is not null) not valid`
  const validate = [`${head} validate constraint ${quote(name)}`]
  return [
    step({
      ...common,
      statements: [add],
      inverse: [drop],
      repeatable: { statements: [drop, add], inverse: [drop] },
      idempotenceProbe: constraintProbe(quote(table.live.name), name),
    }),
    step({
      ...common,
      statements: validate,
      inverse: [],
      repeatable: { statements: validate, inverse: [] },
      lock: { blocks: 'nothing', work: 'scan' },
      idempotenceProbe: constraintProbe(quote(table.live.name), name, { validated: true }),
    }),
    { ...altered, statements: [...altered.statements, drop], lock: brief },
  ]
}
