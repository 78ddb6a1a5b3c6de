import { graph, graphOf, graphProblems, type Model, type TableStorage } from '../../model/index.ts'
import {
  diffSnapshots,
  snapshotFrom,
  snapshotOf,
  type Change,
  type LiveStructure,
  type SchemaDialect,
  type Snapshot,
  type TableShape,
} from '../../schema/index.ts'
import { draftKeys } from './draft-keys.ts'
import { draftModel, type Drafting } from './draft-model.ts'
import { draftReferences, type Drafts } from './draft-references.ts'
import { evaluateDrafts } from './evaluate-drafts.ts'
import type { ModelDraft } from './model-draft.ts'
import { modelNames } from './pulled-names.ts'
import type { LeftOut } from './pulled-models.ts'
import { isSameDefault, storedColumns } from './stored-columns.ts'
import { storedTable } from './stored-table.ts'

export interface Settled {
  /** By table, in the order of their names. */
  readonly drafts: Drafts
  /** Tables that no model can hold. */
  readonly left: readonly LeftOut[]
}

/** What is wrong with some tables, by name. */
type Faults = ReadonlyMap<string, string>

/**
 * Drafts that `graph()` accepts and that ask for exactly what is there. A table of which that cannot be said is tried without the
 * references, unique rules and indexes that its model would declare, which its `stored` says all the same; then it is left out.
 */
export function settleDrafts(tables: readonly TableShape[], drafting: Drafting): Settled {
  const names = modelNames(tables.map(({ name }) => name))
  const bare = new Set<string>()
  const left = new Map<string, string>()
  const first = new Map<string, ModelDraft>()
  for (const table of tables) {
    const drafted = draftModel(table, names.get(table.name) ?? table.name, drafting)
    if (drafted.kind === 'left') left.set(table.name, drafted.reason)
    else first.set(table.name, drafted.draft)
  }
  for (;;) {
    const tried = tryDrafts(withRelations(without(first, left), bare), drafting)
    if (tried.faults.size === 0) return { drafts: tried.drafts, left: leftTables(left) }
    for (const [table, fault] of tried.faults) {
      if (bare.has(table)) left.set(table, fault)
      else bare.add(table)
    }
  }
}

function leftTables(left: Faults): readonly LeftOut[] {
  return [...left].map(([table, reason]) => ({ object: `table ${table}`, reason }))
}

function without(drafts: Drafts, left: Faults): Drafts {
  return new Map([...drafts].filter(([table]) => !left.has(table)))
}

function withRelations(drafts: Drafts, bare: ReadonlySet<string>): Drafts {
  const related = draftKeys(draftReferences(drafts))
  return new Map([...related].map(([table, draft]) => [table, bare.has(table) ? (drafts.get(table) ?? draft) : draft]))
}

interface Tried {
  readonly drafts: Drafts
  readonly faults: Faults
}

function tryDrafts(drafts: Drafts, { live, dialect }: Drafting): Tried {
  const declared = evaluateDrafts(drafts, dialect.name)
  const stored = mapped(drafts, (draft) => withStoredColumns(draft, declared, dialect))
  const models = evaluateDrafts(stored, dialect.name)
  const refused = refusedBy(models, stored)
  if (refused.size > 0 || stored.size === 0) return { drafts: stored, faults: refused }
  const wanted = wantedOf(models, dialect)
  const whole = mapped(stored, (draft) => withStoredTable(draft, { wanted, drafts: stored, dialect }))
  return { drafts: whole, faults: differing(whole, live, dialect) }
}

function mapped(drafts: Drafts, change: (draft: ModelDraft) => ModelDraft): Drafts {
  return new Map([...drafts].map(([table, draft]) => [table, change(draft)]))
}

function withStoredColumns(
  draft: ModelDraft,
  declared: Readonly<Record<string, Model>>,
  dialect: SchemaDialect,
): ModelDraft {
  const { columns, collation } = storedColumns(draft, declared[draft.name]?.columns ?? {}, dialect)
  return { ...draft, columns, stored: collation === undefined ? null : { collation } }
}

/** By table, what `graph()` says of its model. */
function refusedBy(models: Readonly<Record<string, Model>>, drafts: Drafts): Faults {
  const byModel = new Map([...drafts.values()].map((draft) => [draft.name, draft.live.name]))
  return new Map(
    graphProblems(models).flatMap(({ where, problem }) => {
      const [model = ''] = /^\w+/.exec(where) ?? []
      const table = byModel.get(model)
      // What names none of them is about all.
      const tables = table === undefined ? [...drafts.keys()] : [table]
      return tables.map((each) => [each, `a model would be refused: ${where}: ${problem}`] as const)
    }),
  )
}

/** In the form in which the engine would print it, as far as that is known without asking. */
function wantedOf(models: Readonly<Record<string, Model>>, dialect: SchemaDialect): Snapshot {
  const declared = snapshotOf(graphOf(graph(models)), dialect)
  return dialect.canonicalForm.kind === 'parsed' ? dialect.canonicalForm.of(declared) : declared
}

interface Storing {
  readonly wanted: Snapshot
  readonly drafts: Drafts
  readonly dialect: SchemaDialect
}

function withStoredTable(draft: ModelDraft, { wanted, drafts, dialect }: Storing): ModelDraft {
  const derived = wanted.tables[draft.live.name]
  if (derived === undefined) return draft
  const own = storedTable(declarable(draft.live, drafts), derived, dialect)
  const stored: TableStorage = { ...draft.stored, ...own }
  return { ...draft, stored: Object.keys(stored).length === 0 ? null : stored }
}

/** Without what leads to a table that no model has, and what was never built to its end. */
function declarable(live: TableShape, drafts: Drafts): TableShape {
  return {
    ...live,
    foreignKeys: live.foreignKeys.filter((key) => drafts.has(key.targetTable)),
    indexes: live.indexes.filter(({ valid }) => valid),
  }
}

/** What differs still: nothing may, for the plan would change it. */
function differing(drafts: Drafts, live: LiveStructure, dialect: SchemaDialect): Faults {
  const declared = wantedOf(evaluateDrafts(drafts, dialect.name), dialect)
  const own = [...drafts.values()].map((draft) => declarable(draft.live, drafts))
  const canonical = snapshotFrom(
    Object.values(declared.tables).map((table) => asPrinted(table, live.snapshot.tables[table.name])),
  )
  const changes = diffSnapshots({ ...live, snapshot: snapshotFrom(own), otherObjects: {} }, { declared, canonical })
  return new Map(
    changes.map((change) => [
      tableOf(change),
      `a model of it would ask for something else: ${change.kind}${reasonsOf(change)}`,
    ]),
  )
}

function tableOf(change: Change): string {
  if ('table' in change) return change.table.live.name
  if (change.kind === 'dropTable') return change.live.name
  return change.kind === 'conflictingRename' ? change.rename.table : change.wanted.name
}

function reasonsOf(change: object): string {
  const { differences = [] } = change as {
    readonly differences?: readonly { readonly comparison: { readonly reason?: string } }[]
  }
  return differences.map(({ comparison }) => `, ${comparison.reason ?? ''}`).join('')
}

function asPrinted(table: TableShape, live: TableShape | undefined): TableShape {
  const columns = table.columns.map((column) => {
    const printed = live?.columns.find(({ name }) => name === column.name)?.default ?? null
    return isSameDefault(printed, column.default) ? { ...column, default: printed } : column
  })
  return { ...table, columns }
}
