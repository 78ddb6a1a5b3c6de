import type { Models } from '../bound-model.ts'
import type { ColumnSpec } from '../column.ts'
import type { ByEngine, TableStorage } from '../stored.ts'
import type { OnDelete, RowRuleFact, SeedSource } from '../graph-facts.ts'
import type { AccessSpec, Model, ModelOptionsSpec, UniqueSpec } from '../model-spec.ts'

/** A model as declared, with its name in the graph and look-ups that no property of `Object` can answer. */
export interface DeclaredModel {
  readonly name: string
  readonly table: string
  readonly renamedFrom: string | null
  readonly columns: ReadonlyMap<string, ColumnSpec>
  /** By property, in the order of declaration. */
  readonly primaryKey: readonly string[]
  readonly access: AccessSpec | null
  readonly uniques: readonly DeclaredUnique[]
  readonly indexes: readonly DeclaredIndex[]
  readonly references: readonly DeclaredReference[]
  readonly rowRules: readonly DeclaredRowRule[]
  readonly describe: string | null
  readonly seeds: SeedSource | null
  readonly stored: ByEngine<TableStorage> | null
}

export interface DeclaredUnique extends Required<Omit<UniqueSpec, 'where'>> {
  readonly where: UniqueSpec['where'] | null
  /** How it was written, for messages. */
  readonly source: string
}

export interface DeclaredIndex {
  readonly columns: readonly { readonly column: string; readonly direction: 'asc' | 'desc' }[]
  readonly source: string
}

export interface DeclaredRowRule extends Pick<RowRuleFact, 'kind' | 'columns'> {
  /** How it was written, for messages. */
  readonly source: string
}

export interface DeclaredReference {
  readonly columns: readonly string[]
  readonly table: string
  /** Null: the target's primary key. */
  readonly targetColumns: readonly string[] | null
  readonly as: string | null
  readonly inverse: string | null
  readonly onDelete: OnDelete
}

export interface DeclaredGraph {
  readonly models: readonly DeclaredModel[]
  readonly byTable: ReadonlyMap<string, DeclaredModel>
}

/** Models in one normal form: what was declared on a column and in the options stands in the same lists. */
export function declaredGraph(models: Models): DeclaredGraph {
  const declared = Object.entries(models).map(([name, model]) => declaredModel(name, model))
  return { models: declared, byTable: new Map(declared.toReversed().map((model) => [model.table, model])) }
}

function declaredModel(name: string, { table, columns, options }: Model): DeclaredModel {
  const specs = Object.entries(columns).map(([property, column]) => [property, column.spec] as const)
  return {
    name,
    table,
    renamedFrom: options.renamedFrom ?? null,
    columns: new Map(specs),
    primaryKey: specs.filter(([, spec]) => spec.isPrimaryKey).map(([property]) => property),
    access: options.access ?? null,
    uniques: declaredUniques(specs, options),
    indexes: declaredIndexes(specs, options),
    references: declaredReferences(specs, options),
    rowRules: [...declaredRowRules('exactlyOne', options), ...declaredRowRules('atLeastOne', options)],
    describe: options.describe ?? null,
    seeds: options.seeds ?? null,
    stored: options.stored ?? null,
  }
}

type Specs = readonly (readonly [string, ColumnSpec])[]

function declaredUniques(specs: Specs, { uniques = [] }: ModelOptionsSpec): readonly DeclaredUnique[] {
  const own = specs.flatMap(([property, { unique }]) =>
    unique === null
      ? []
      : [{ columns: [property], global: unique.global, where: null, source: `${property}.unique()` }],
  )
  const listed = uniques.map((unique, at) => {
    const { columns, global = false, where = null } = 'columns' in unique ? unique : { columns: unique }
    return { columns: [...columns], global, where: where === null ? null : { ...where }, source: `uniques[${at}]` }
  })
  return [...own, ...listed]
}

function declaredIndexes(specs: Specs, { indexes = [] }: ModelOptionsSpec): readonly DeclaredIndex[] {
  const listed = indexes.map((columns, at) => ({ columns: columns.map(indexColumn), source: `indexes[${at}]` }))
  const own = specs
    .filter(([, spec]) => spec.indexed)
    .map(([property]) => ({ columns: [indexColumn(property)], source: `${property}.index()` }))
  return [...listed, ...own]
}

function declaredRowRules(kind: RowRuleFact['kind'], options: ModelOptionsSpec): readonly DeclaredRowRule[] {
  return (options[kind] ?? []).map((columns, at) => ({ kind, columns: [...columns], source: `${kind}[${at}]` }))
}

function indexColumn(written: string): DeclaredIndex['columns'][number] {
  const isDescending = written.startsWith('-')
  return { column: isDescending ? written.slice(1) : written, direction: isDescending ? 'desc' : 'asc' }
}

function declaredReferences(specs: Specs, { references = [] }: ModelOptionsSpec): readonly DeclaredReference[] {
  const own = specs.flatMap(([property, { reference }]) =>
    reference === null
      ? []
      : [{ ...reference, columns: [property], targetColumns: null, as: reference.as ?? nameWithoutId(property) }],
  )
  const listed = references.map(({ columns, target, targetColumns, as, inverse, onDelete }) => ({
    columns: [...columns],
    table: typeof target === 'string' ? target : target.table,
    targetColumns: [...targetColumns],
    as: as ?? null,
    inverse: inverse ?? null,
    onDelete: onDelete ?? 'restrict',
  }))
  return [...own, ...listed]
}

/** `productId` → `product`; the types of includes follow the same rule. */
function nameWithoutId(property: string): string | null {
  return property.endsWith('Id') ? property.slice(0, -2) : null
}
