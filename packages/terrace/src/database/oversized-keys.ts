import type { ColumnFact, ModelFact, ModelGraph } from '../model/index.ts'
import type { Unsupported } from './runtime-dialect.ts'

export interface KeySizes {
  /** The largest entry of an index, in bytes. */
  readonly limit: number
  /** The largest value of a column, in bytes. What has no greatest one is refused as a key by the model already. */
  bytesOf(column: ColumnFact): number
}

interface Key {
  readonly name: string
  readonly columns: readonly string[]
}

/** Keys, unique rules and indexes of a graph whose entries an engine cannot hold at their declared lengths. */
export function oversizedKeys(graph: ModelGraph, sizes: KeySizes): readonly Unsupported[] {
  return Object.values(graph.models).flatMap((model) =>
    keysOf(model).flatMap((key) => problemOf(model, key, sizes) ?? []),
  )
}

function keysOf({ primaryKey, uniques, indexes }: ModelFact): readonly Key[] {
  return [
    primaryKey,
    ...uniques.map(({ name, within, columns }) => ({ name, columns: [...within, ...columns] })),
    ...indexes.map(({ name, columns }) => ({ name, columns: columns.map(({ column }) => column) })),
  ]
}

function problemOf(model: ModelFact, { name, columns }: Key, { limit, bytesOf }: KeySizes): Unsupported | null {
  const facts = columns.flatMap((column) => model.column[column] ?? [])
  const bytes = facts.reduce((sum, column) => sum + bytesOf(column), 0)
  if (bytes <= limit) return null
  const reason = `an entry of ${name} can have ${bytes} bytes, and at most ${limit} fit`
  const remedy = 'Shorten the maximum length of its columns: a character counts 4 bytes'
  return { model: model.name, column: facts.length === 1 ? (facts[0]?.name ?? null) : null, reason, remedy }
}
