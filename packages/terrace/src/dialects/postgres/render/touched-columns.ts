import { columnsIn, type ColumnShape, type RenderContext, type TableShape } from '../../../schema/index.ts'

export interface TouchedColumns {
  /** Their type or collation changes, in place. */
  readonly retyped: ReadonlySet<string>
  /** They are dropped and added: what is calculated otherwise, or from what is retyped or made anew. */
  readonly remade: ReadonlySet<string>
}

const none: TouchedColumns = { retyped: new Set(), remade: new Set() }

/** The columns of a table whose values are converted or made anew: what stands on them has to make room. */
export function touchedColumns(table: string, { before, after }: RenderContext): TouchedColumns {
  const [live, target] = [before.tables[table], after.tables[table]]
  if (live === undefined || target === undefined) return none
  const targets = new Map(target.columns.map((column) => [column.name, column]))
  const pairs = live.columns.flatMap((column) => {
    const wanted = targets.get(column.name)
    return wanted === undefined || wanted === column ? [] : [[column, wanted] as const]
  })
  const own = new Set(pairs.filter(([from, to]) => isRemade(from, to)).map(([{ name }]) => name))
  const retyped = new Set(
    pairs.filter(([from, to]) => isRetyped(from, to) && !own.has(from.name)).map(([{ name }]) => name),
  )
  const isMoved = ({ name }: ColumnShape): boolean => own.has(name) || retyped.has(name)
  const calculated = live.columns.filter(
    ({ name, generated }) =>
      generated !== null && targets.has(name) && columnsIn(generated.expression, live).some(isMoved),
  )
  const remade = new Set([...own, ...calculated.map(({ name }) => name)])
  return { retyped: new Set([...retyped].filter((name) => !remade.has(name))), remade }
}

function isRetyped(from: ColumnShape, to: ColumnShape): boolean {
  return from.type !== to.type || from.collation !== to.collation
}

/** PostgreSQL keeps the values of a stored column that is generated no more; all other ways lead over a new column. */
export function isRemade(from: ColumnShape, to: ColumnShape): boolean {
  if (from.generated === null) return to.generated !== null
  if (to.generated === null) return !from.generated.stored
  return (
    from.generated.expression !== to.generated.expression ||
    from.generated.stored !== to.generated.stored ||
    isRetyped(from, to)
  )
}

/** The columns on which nothing may stand while they change. */
export function isTouched({ retyped, remade }: TouchedColumns, name: string): boolean {
  return retyped.has(name) || remade.has(name)
}

/** Columns whose generation ends stay; but what stands on them has to be off the way back. */
export function endedColumns(live: TableShape, target: TableShape): ReadonlySet<string> {
  const plain = new Set(target.columns.filter(({ generated }) => generated === null).map(({ name }) => name))
  return new Set(
    live.columns.filter(({ name, generated }) => generated !== null && plain.has(name)).map(({ name }) => name),
  )
}
