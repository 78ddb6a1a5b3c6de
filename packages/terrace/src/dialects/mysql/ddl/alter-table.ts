import {
  made,
  type Change,
  type ColumnShape,
  type ForeignKeyShape,
  type ObjectPath,
  type Phase,
  type RenderContext,
  type RenderedStep,
  type TableAlteration,
  type TablePart,
  type TableShape,
} from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { alterStatement } from './alter-statement.ts'
import { alterationCost } from './alteration-cost.ts'
import { impliedIndexName } from './clauses.ts'
import { probeOf } from './delta-probe.ts'
import { releasedKeys, type ReleasedKeys } from './released-keys.ts'
import { deltaOf, isEmpty, serves, storageOf, type Pair, type TableDelta } from './table-delta.ts'

interface StepParts extends Pair<TableShape> {
  readonly phase: Phase
  readonly changes: readonly Change[]
  readonly droppedIndexes?: readonly string[]
  readonly refersTo?: readonly string[]
}

/**
 * What is entangled changes in one ALTER TABLE, which the server does whole or not at all: keys with the AUTO_INCREMENT that
 * needs them (1075), indexes with the foreign key that needs one (1553), columns with what is calculated from them. Before it
 * the foreign keys go that stand in its way; behind it go columns that hold data, and foreign keys come last. Of every state in
 * between, a new plan leads on.
 */
export function alterTable(
  alteration: TableAlteration,
  context: RenderContext,
  flavour: SchemaFlavour,
): readonly RenderedStep[] {
  const step = (parts: StepParts): readonly RenderedStep[] => renderStep(parts, flavour)
  const released = releasedKeys(alteration, context)
  const { live, changes } = alteration
  const free = { ...live, foreignKeys: live.foreignKeys.filter((key) => !released.own.includes(key)) }
  // Foreign keys come back behind everything else.
  const target = { ...alteration.target, foreignKeys: free.foreignKeys }
  const withOld = isDroppedLate(alteration) ? { ...target, columns: withDropped(live, target) } : target
  return [
    ...release(alteration, free, { released, context, step }),
    ...reshape({ from: free, to: withOld }, changes, step),
    ...step({
      from: withOld,
      to: target,
      phase: 'dropColumn',
      changes: changes.filter(({ kind }) => kind === 'dropColumn'),
    }),
    ...restore(alteration, target, { released, context, step }),
  ]
}

type Render = (parts: StepParts) => readonly RenderedStep[]

interface Releasing {
  readonly released: ReleasedKeys
  readonly context: RenderContext
  readonly step: Render
}

/** All of a table in one statement; the indexes that were made for them go along where nothing comes back to use them. */
function release(
  { live, target, changes }: TableAlteration,
  free: TableShape,
  { released, step }: Releasing,
): readonly RenderedStep[] {
  const gone = released.own.filter((key) => !target.foreignKeys.some((later) => takesIndexOf(later, key)))
  const others = Map.groupBy(released.others, ({ table }) => table)
  return [
    ...step({
      from: live,
      to: free,
      phase: 'release',
      changes: changes.filter(({ kind }) => kind === 'dropForeignKey' || kind === 'alterForeignKey'),
      droppedIndexes: gone.flatMap(({ definition }) => definition ?? []),
    }),
    ...[...others].flatMap(([table, keys]) =>
      step({
        from: table,
        to: without(
          table,
          keys.map(({ key }) => key),
        ),
        phase: 'release',
        changes: [],
        refersTo: [live.name],
      }),
    ),
  ]
}

/** Its name is free for another key's index otherwise. */
function takesIndexOf(later: ForeignKeyShape, key: ForeignKeyShape): boolean {
  return later.name === key.name && later.columns.join('\0') === key.columns.join('\0')
}

function without(table: TableShape, keys: readonly ForeignKeyShape[]): TableShape {
  return { ...table, foreignKeys: table.foreignKeys.filter((key) => !keys.includes(key)) }
}

/** What only adds or drops something is a step of its own, so that each can be told and asserted; all else goes together. */
function reshape({ from, to }: Pair<TableShape>, changes: readonly TablePart[], step: Render): readonly RenderedStep[] {
  const own = changes.filter((change) => !/ForeignKey$|^dropColumn$/.test(change.kind))
  // A foreign key may need what goes, and use what comes instead.
  const isMixed = own.some(isDropOfKey) && own.some(({ kind }) => kind === 'addUnique' || kind === 'addIndex')
  if (!isMixed && own.every(isIndependent)) return oneByOne({ from, to }, own, step)
  const between = beforePlain({ from, to })
  return [
    ...(between === null ? [] : step({ from, to: between, phase: 'column', changes: [] })),
    ...step({ from: between ?? from, to, phase: 'column', changes: withDroppedColumns(own, changes, { from, to }) }),
  ]
}

const independent = new Set<TablePart['kind']>([
  'addColumn',
  'addUnique',
  'addIndex',
  'dropIndex',
  'addCheck',
  'dropCheck',
  'dropUnique',
])

function isDropOfKey({ kind }: TablePart): boolean {
  return kind === 'dropIndex' || kind === 'dropUnique'
}

function isIndependent(change: TablePart): boolean {
  return independent.has(change.kind) && !(change.kind === 'addColumn' && change.wanted.identity !== null)
}

/** A column that is dropped together with the rest, because it is numbered, is a change of that step. */
function withDroppedColumns(own: readonly TablePart[], all: readonly TablePart[], { from, to }: Pair<TableShape>) {
  const isGone = ({ name }: ColumnShape): boolean => !to.columns.some((column) => column.name === name)
  return from.columns.some(isGone) ? [...own, ...all.filter(({ kind }) => kind === 'dropColumn')] : own
}

/** Calculated values that become plain ones are stored first: from virtual there is no way but to drop the column. */
function beforePlain({ from, to }: Pair<TableShape>): TableShape | null {
  const turned = from.columns.filter(
    (column) =>
      storageOf(column) === 'virtual' &&
      to.columns.some((later) => later.name === column.name && storageOf(later) === 'plain'),
  )
  if (turned.length === 0) return null
  return {
    ...from,
    columns: from.columns.map((column) =>
      turned.includes(column) && column.generated !== null
        ? { ...column, generated: { ...column.generated, stored: true } }
        : column,
    ),
  }
}

const phaseOf: Partial<Record<TablePart['kind'], Phase>> = {
  addColumn: 'column',
  addUnique: 'constraint',
  addCheck: 'constraint',
  addIndex: 'index',
}

/** Columns first, as the rest may name them; what goes, goes before what may be called the same. */
function oneByOne(
  { from, to }: Pair<TableShape>,
  changes: readonly TablePart[],
  step: Render,
): readonly RenderedStep[] {
  const rank = ({ kind }: TablePart): number => (kind.startsWith('drop') ? 0 : kind === 'addColumn' ? 1 : 2)
  const drops = changes.filter((change) => rank(change) === 0)
  const adds = changes.filter((change) => rank(change) > 0).toSorted((a, b) => rank(a) - rank(b))
  const kept = afterDrops(from, to)
  // Behind the foreign keys of all tables, which may need what goes.
  const steps = [...step({ from, to: kept, phase: 'column', changes: drops })]
  let current = kept
  for (const change of adds) {
    const next = afterAdd(current, change)
    steps.push(...step({ from: current, to: next, phase: phaseOf[change.kind] ?? 'constraint', changes: [change] }))
    current = next
  }
  return steps
}

function afterDrops(from: TableShape, to: TableShape): TableShape {
  const kept = <T>(list: readonly T[], later: readonly T[]): readonly T[] =>
    list.filter((shape) => later.includes(shape))
  return {
    ...from,
    uniques: kept(from.uniques, to.uniques),
    indexes: kept(from.indexes, to.indexes),
    checks: kept(from.checks, to.checks),
  }
}

function afterAdd(table: TableShape, change: TablePart): TableShape {
  switch (change.kind) {
    case 'addColumn':
      return { ...table, columns: [...table.columns, change.wanted], checks: [...table.checks, ...change.checks] }
    case 'addUnique':
      return { ...table, uniques: [...table.uniques, change.wanted] }
    case 'addIndex':
      return { ...table, indexes: [...table.indexes, change.wanted] }
    case 'addCheck':
      return { ...table, checks: [...table.checks, change.wanted] }
    default:
      return table
  }
}

/** A numbered column goes with its key, in the same statement: without one the server refuses it. */
function isDroppedLate({ live, target }: TableAlteration): boolean {
  const gone = live.columns.filter(({ name }) => !target.columns.some((column) => column.name === name))
  const isInKey = ({ name }: ColumnShape): boolean => live.primaryKey?.columns.includes(name) ?? false
  return !gone.some((column) => column.identity !== null || isInKey(column))
}

function withDropped(live: TableShape, target: TableShape): readonly ColumnShape[] {
  const gone = live.columns.filter(({ name }) => !target.columns.some((column) => column.name === name))
  return [...target.columns, ...gone]
}

/** Each foreign key by itself: the server reads all rows for it, and copies the table. */
function restore(
  { live, target, changes }: TableAlteration,
  bare: TableShape,
  { released, context, step }: Releasing,
): readonly RenderedStep[] {
  const own = target.foreignKeys.filter((key) => !bare.foreignKeys.includes(key))
  let current = bare
  const steps: RenderedStep[] = []
  for (const key of own) {
    const next = { ...current, foreignKeys: [...current.foreignKeys, key] }
    const about = changes.filter((change) => isAbout(change, key))
    steps.push(...step({ from: current, to: next, phase: 'foreignKey', changes: about, refersTo: [key.targetTable] }))
    current = next
  }
  const others = released.others.filter(({ isRestored }) => isRestored)
  return [
    ...steps,
    ...others.flatMap(({ table, key }) => {
      const later = context.after.tables[table.name] ?? table
      return step({
        from: without(later, [key]),
        to: later,
        phase: 'foreignKey',
        changes: [],
        refersTo: [live.name],
      })
    }),
  ]
}

function isAbout(change: TablePart, key: ForeignKeyShape): boolean {
  if (change.kind === 'addForeignKey' || change.kind === 'alterForeignKey') return change.wanted === key
  return change.kind === 'addColumn' && change.foreignKeys.includes(key)
}

function renderStep(
  { from, to, phase, changes, droppedIndexes = [], refersTo = [] }: StepParts,
  flavour: SchemaFlavour,
): readonly RenderedStep[] {
  const delta = deltaOf({ from, to }, droppedIndexes)
  if (isEmpty(delta)) return []
  const { lock, asserted } = alterationCost(delta, flavour)
  const losesValues = delta.dropped.columns.some(({ generated }) => generated === null)
  return [
    {
      phase,
      table: to.name,
      changes,
      statements: [alterStatement(delta, flavour, asserted)],
      inverse: !losesValues ? [inverseStatement(delta, flavour)] : null,
      lock,
      transaction: 'own',
      idempotenceProbe: probeOf(delta),
      makes: madeBy(delta),
      drops: droppedBy(delta),
      refersTo,
    },
  ]
}

/** A foreign key that got an index of its own when it was added gives it back. */
function inverseStatement({ from, to, added }: TableDelta, flavour: SchemaFlavour): string {
  const needed = added.indexes.filter(({ name }) => !to.indexes.some((index) => index.name === name))
  const implied = added.foreignKeys.filter((key) => !serves(from, key, []))
  const names = [...needed.map(({ name }) => name), ...implied.map(impliedIndexName)]
  return alterStatement(deltaOf({ from: to, to: from }, names), flavour)
}

function madeBy({ added, modified, replaced, options, from, to }: TableDelta): readonly ObjectPath[] {
  const fresh = <T>(before: readonly T[], after: readonly T[]): readonly T[] =>
    after.filter((shape) => !before.includes(shape))
  const columns = [...added.columns, ...modified.map((pair) => pair.to), ...replaced.map((pair) => pair.to)]
  return [
    ...(options.length > 0 ? [{ kind: 'table', path: to.name } as const] : []),
    ...columns.map((column) => made('column', to.name, column)),
    ...(added.primaryKey ? [made('primaryKey', to.name, { name: 'primary' })] : []),
    ...fresh(from.uniques, to.uniques).map((unique) => made('unique', to.name, unique)),
    ...fresh(from.indexes, to.indexes).map((index) => made('index', to.name, index)),
    ...fresh(from.checks, to.checks).map((check) => made('check', to.name, check)),
    ...added.foreignKeys.map((key) => made('foreignKey', to.name, key)),
  ]
}

function droppedBy({ dropped, from, to }: TableDelta): readonly ObjectPath[] {
  const gone = <T extends { readonly name: string | null }>(before: readonly T[], after: readonly T[]): readonly T[] =>
    before.filter(({ name }) => !after.some((shape) => shape.name === name))
  return [
    ...dropped.columns.map((column) => made('column', from.name, column)),
    ...(to.primaryKey === null && dropped.primaryKey ? [made('primaryKey', from.name, { name: 'primary' })] : []),
    ...gone(from.uniques, to.uniques).map((unique) => made('unique', from.name, unique)),
    ...gone(from.indexes, to.indexes).map((index) => made('index', from.name, index)),
    ...gone(from.checks, to.checks).map((check) => made('check', from.name, check)),
    ...gone(from.foreignKeys, to.foreignKeys).map((key) => made('foreignKey', from.name, key)),
  ]
}
