import type { Query } from '../../../schema/index.ts'
import {
  checkIsNoLonger,
  columnExists,
  columnIs,
  constraintExists,
  keyExists,
  keyIs,
  not,
  probe,
  tableHasOptions,
  type Fact,
} from './probes.ts'
import type { TableDelta } from './table-delta.ts'

/** Whether an ALTER TABLE has been done: everything that its names, columns and the words of the catalogue can tell. */
export function probeOf(delta: TableDelta): Query {
  const { added, dropped, modified, replaced, to } = delta
  return probe(
    ...constraintFacts(delta),
    ...keyFacts(delta),
    ...added.columns.map(({ name }) => columnExists(to.name, name)),
    ...dropped.columns.map(({ name }) => not(columnExists(to.name, name))),
    ...[...modified, ...replaced].map((pair) => columnIs(to.name, pair.to, pair.from)),
    ...optionFacts(delta),
  )
}

function constraintFacts({ added, dropped, to }: TableDelta): readonly Fact[] {
  const made = [...added.checks, ...added.foreignKeys]
  const isMade = (name: string | null): boolean => made.some((shape) => shape.name === name)
  return [
    ...made.map(({ name }) => constraintExists(to.name, name ?? '')),
    ...[...dropped.checks, ...dropped.foreignKeys]
      .filter(({ name }) => !isMade(name))
      .map(({ name }) => not(constraintExists(to.name, name ?? ''))),
    ...dropped.checks
      .filter((check) =>
        added.checks.some((later) => later.name === check.name && later.expression !== check.expression),
      )
      .map((check) => checkIsNoLonger(to.name, check)),
  ]
}

function keyFacts({ added, dropped, renamedKeys, to }: TableDelta): readonly Fact[] {
  const made = [
    ...added.uniques.map(({ name, columns }) => ({ name: name ?? '', columns })),
    ...added.indexes.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })),
  ]
  const primary = to.primaryKey?.columns
  return [
    ...made.map(({ name, columns }) => keyIs(to.name, name, columns)),
    ...dropped.keys
      .filter((name) => !made.some((key) => key.name === name))
      .map((name) => not(keyExists(to.name, name))),
    ...renamedKeys.map((pair) => keyExists(to.name, pair.to)),
    ...(added.primaryKey && primary !== undefined ? [keyIs(to.name, 'PRIMARY', primary)] : []),
    ...(dropped.primaryKey && primary === undefined ? [not(keyExists(to.name, 'PRIMARY'))] : []),
  ]
}

function optionFacts({ options, to }: TableDelta): readonly Fact[] {
  if (options.length === 0) return []
  const given = (option: 'engine' | 'collation'): string | null =>
    options.includes(option) ? (to.options[option] ?? null) : null
  const comment = options.includes('comment') ? to.comment : null
  return [tableHasOptions(to.name, { engine: given('engine'), collation: given('collation'), comment })]
}
