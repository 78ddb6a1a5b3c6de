import type { ColumnShape, IndexShape, TableShape } from '../../schema/index.ts'

/** Where in a table an expression stands. */
export interface TextPlace {
  /** Which place of an object it is: `default name`, `check`; texts of one slot can stand for each other. */
  readonly slot: string
  /** The object's name, where several have the slot. */
  readonly name: string | null
}

export interface ExpressionText extends TextPlace {
  readonly text: string
}

/** A table with other expressions: all that models and engines write as SQL, and nothing else. */
export function mapExpressions(table: TableShape, map: (at: TextPlace, text: string) => string): TableShape {
  const given = (at: TextPlace, text: string | null): string | null => (text === null ? null : map(at, text))
  return {
    ...table,
    columns: table.columns.map((column): ColumnShape => {
      const { name, generated } = column
      const expression =
        generated === null ? null : map({ slot: `generated ${name}`, name: null }, generated.expression)
      return {
        ...column,
        default: given({ slot: `default ${name}`, name: null }, column.default),
        generated: generated === null || expression === null ? null : { ...generated, expression },
      }
    }),
    checks: table.checks.map((check) => ({
      ...check,
      expression: map({ slot: 'check', name: check.name }, check.expression),
    })),
    uniques: table.uniques.map((unique) => ({
      ...unique,
      where: given({ slot: `unique ${unique.columns.join(', ')}`, name: unique.name }, unique.where),
    })),
    indexes: table.indexes.map((index): IndexShape => ({
      ...index,
      where: given({ slot: `index where ${index.columns.length}`, name: index.name }, index.where),
      columns: index.columns.map((column, at) =>
        column.name.startsWith('(')
          ? { ...column, name: map({ slot: `index column ${at}`, name: index.name }, column.name) }
          : column,
      ),
    })),
  }
}

/** Every expression of a table, with its place. */
export function expressionsOf(table: TableShape): readonly ExpressionText[] {
  const texts: ExpressionText[] = []
  mapExpressions(table, (at, text) => {
    texts.push({ ...at, text })
    return text
  })
  return texts
}

export function placeKey({ slot, name }: TextPlace): string {
  return JSON.stringify([slot, name])
}

/**
 * Only what it takes to have these expressions printed again: the columns they may name, and the objects they stand in. Columns
 * that are numbered or generated are plain here, for the expressions of others are not asked for.
 */
export function onlyExpressions(table: TableShape, places: ReadonlySet<string>): TableShape {
  const isAsked = (slot: string, name: string | null = null): boolean => places.has(placeKey({ slot, name }))
  return {
    ...table,
    comment: null,
    primaryKey: null,
    foreignKeys: [],
    columns: table.columns.map((column) => ({
      ...column,
      nullable: true,
      identity: null,
      default: isAsked(`default ${column.name}`) ? column.default : null,
      generated: isAsked(`generated ${column.name}`) ? column.generated : null,
    })),
    checks: table.checks.filter(({ name }) => isAsked('check', name)),
    uniques: table.uniques.filter(({ name, columns }) => isAsked(`unique ${columns.join(', ')}`, name)),
    indexes: table.indexes.filter((index) =>
      [`index where ${index.columns.length}`, ...index.columns.map((_, at) => `index column ${at}`)].some((slot) =>
        isAsked(slot, index.name),
      ),
    ),
  }
}
