import type { Driver, RuntimeDialect } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import {
  objectHash,
  snapshotOf,
  structureHash,
  type LiveStructure,
  type SchemaDialect,
  type SchemaDialectFactory,
  type Snapshot,
} from '../../schema/index.ts'
import type { RowsDialect } from '../rows/read-batches.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { StructureParts } from '../structure.ts'
import { checkSource } from './check-source.ts'
import { leftBehind } from './left-behind.ts'
import type { MoveMark } from './move-mark.ts'
import type { LeftBehind, MoveOptions } from './move-types.ts'
import { nativeColumns, refuseNativeValues, type NativeColumn } from './native-columns.ts'
import { tablePairs, type Sides, type TablePair } from './table-pair.ts'

export interface MoveRowsOptions extends MoveOptions {
  readonly graph: ModelGraph
  readonly source: MoveSide
  readonly target: MoveSide
}

export interface MoveSide {
  readonly driver: Driver
  readonly runtime: RuntimeDialect
  /** The same dialect's `createSchemaDialect`. */
  readonly schema: SchemaDialectFactory
}

/** One database of a move. */
export interface SidePlan {
  readonly driver: Driver
  readonly parts: StructureParts
  readonly dialect: SchemaDialect
  /** To read rows with. */
  readonly rows: RowsDialect
  readonly wanted: Snapshot
}

/** What is to be moved, and that it may be. */
export interface MovePlan {
  readonly sides: Sides<SidePlan>
  readonly live: LiveStructure
  readonly pairs: readonly TablePair[]
  readonly left: readonly LeftBehind[]
  readonly mark: Pick<MoveMark, 'source' | 'models'>
  /** Columns whose values no other engine takes: nothing may be in them. */
  readonly mustBeEmpty: readonly NativeColumn[]
}

/** Nothing is changed, and no row is read. `MOVE_OPTION`, `MOVE_SOURCE_DIFFERS`, `MOVE_UNDECLARED`. */
export async function planMove(options: MoveRowsOptions): Promise<MovePlan> {
  const { graph, leaveBehind = [] } = options
  refuseOptions(options)
  const sides = { source: sideOf(options, 'source'), target: sideOf(options, 'target') }
  const live = await checkSource(sides.source.parts, sides.source.wanted)
  const isSameEngine = sides.source.dialect.name === sides.target.dialect.name
  const natives = nativeColumns(graph, [live.snapshot, sides.target.wanted])
  const named = new Set(leaveBehind)
  const doesMove = (column: NativeColumn): boolean => isSameEngine && !column.isComputed && !named.has(pathOf(column))
  const left = leftBehind({ live, wanted: sides.source.wanted, natives: natives.map(pathOf), leaveBehind })
  const staying = natives.filter((column) => !doesMove(column))
  const pairs = tablePairs({
    graph,
    runtimes: { source: options.source.runtime, target: options.target.runtime },
    shapes: { source: live.snapshot, target: sides.target.wanted },
    without: new Set(staying.map(pathOf)),
  })
  return {
    sides,
    live,
    pairs,
    left: [...left, ...namedNatives(staying, named)],
    mark: markOf(sides, { live, leaveBehind }),
    mustBeEmpty: staying.filter((column) => !column.isComputed && !named.has(pathOf(column))),
  }
}

/** `MOVE_NATIVE`. */
export function refuseFilledNatives(runner: StatementRunner, { sides, mustBeEmpty }: MovePlan): Promise<void> {
  return refuseNativeValues(runner, sides.source.dialect, mustBeEmpty)
}

function pathOf({ table, name }: NativeColumn): string {
  return `${table}.${name}`
}

function namedNatives(staying: readonly NativeColumn[], named: ReadonlySet<string>): readonly LeftBehind[] {
  return staying
    .map(pathOf)
    .filter((path) => named.has(path))
    .map((name) => ({ kind: 'column', name }))
}

function sideOf({ graph, lockTimeoutMs = 60_000, ...options }: MoveRowsOptions, side: keyof Sides<unknown>): SidePlan {
  const { driver, runtime, schema } = options[side]
  const dialect = schema(driver.capabilities)
  const wanted = snapshotOf(graph, dialect)
  return { driver, dialect, wanted, parts: { driver, schema, lockTimeoutMs }, rows: { schema: dialect, runtime } }
}

interface Marked {
  readonly live: LiveStructure
  readonly leaveBehind: readonly string[]
}

function markOf({ source, target }: Sides<SidePlan>, { live, leaveBehind }: Marked): MovePlan['mark'] {
  const declared = Object.keys(source.wanted.tables).flatMap((name) => live.snapshot.tables[name] ?? [])
  const models = [source, target].map(({ wanted }) => structureHash(Object.values(wanted.tables)))
  return {
    source: objectHash([source.dialect.server.product, structureHash(declared)]),
    models: objectHash([...models, leaveBehind.toSorted()]),
  }
}

function refuseOptions({ batchRows = 1, lockTimeoutMs = 0 }: MoveRowsOptions): void {
  const problems = [
    ...(isCount(batchRows) && batchRows > 0 ? [] : ['batchRows is no whole number from 1']),
    ...(isCount(lockTimeoutMs) ? [] : ['lockTimeoutMs is no whole number from 0']),
  ]
  if (problems.length > 0) throw errors.MOVE_OPTION({ values: { list: problems.join('; ') } })
}

function isCount(given: unknown): boolean {
  return Number.isSafeInteger(given) && (given as number) >= 0
}
