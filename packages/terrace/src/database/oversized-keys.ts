import type { ColumnFact, ModelFact, ModelGraph } from '../model/index.ts'
import type { Unsupported } from './runtime-dialect.ts'

export interface KeySizes {
  /** What a model says that this engine keeps is what there is of indexes and unique rules. */
  readonly engine: string
  /** The largest entry of an index, in bytes. */
  readonly limit: number
  /** The largest value of a column, in bytes. What has no greatest one is refused as a key by the model already. */
  bytesOf(column: ColumnFact): number
}

interface Key {
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * Keys, unique rules and indexes of a graph whose entries an engine cannot hold at their declared lengths. Of a table whose texts have
 * a collation of others, and so characters of other sizes, the engine judges that itself.
 */
export function oversizedKeys(graph: ModelGraph, sizes: KeySizes): readonly Unsupported[] {
  const models = Object.values(graph.models).filter(({ stored }) => stored?.[sizes.engine]?.collation === undefined)
  return models.flatMap((model) => keysOf(model, sizes.engine).flatMap((key) => problemOf(model, key, sizes) ?? []))
}

function keysOf({ primaryKey, uniques, indexes, stored }: ModelFact, engine: string): readonly Key[] {
  const kept = stored?.[engine]
  return [
    primaryKey,
    ...(kept?.uniques === undefined ? uniques : []).map(({ name, within, columns }) => ({
      name,
      columns: [...within, ...columns],
    })),
    ...(kept?.indexes === undefined ? indexes : []).map(({ name, columns }) => ({
      name,
      columns: columns.map(({ column }) => column),
    })),
  ]
}

/** Keys and indexes over columns that have no greatest value, where an engine asks for one. */
export function unboundedKeys(
  graph: ModelGraph,
  { engine, isBounded }: { readonly engine: string; isBounded(column: ColumnFact): boolean },
): readonly Unsupported[] {
  return Object.values(graph.models).flatMap((model) =>
    keysOf(model, engine).flatMap(({ name, columns }) =>
      columns
        .flatMap((column) => model.column[column] ?? [])
        .filter((column) => !isBounded(column))
        .map((column) => ({
          model: model.name,
          column: column.name,
          reason: `${name} is over text without a bound`,
          remedy: 'Bound it with length(min, max), or say by stored() in which type it is kept here',
        })),
    ),
  )
}

function problemOf(model: ModelFact, { name, columns }: Key, { limit, bytesOf }: KeySizes): Unsupported | null {
  const facts = columns.flatMap((column) => model.column[column] ?? [])
  const bytes = facts.reduce((sum, column) => sum + bytesOf(column), 0)
  if (bytes <= limit) return null
  const reason = `an entry of ${name} can have ${bytes} bytes, and at most ${limit} fit`
  const remedy = 'Shorten the maximum length of its columns: a character counts 4 bytes'
  return { model: model.name, column: facts.length === 1 ? (facts[0]?.name ?? null) : null, reason, remedy }
}
