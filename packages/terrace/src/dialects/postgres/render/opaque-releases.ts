import {
  doubleQuoteName as quote,
  type OpaqueObject,
  type RenderContext,
  type RenderedStep,
} from '../../../schema/index.ts'
import { restoredPolicy } from '../row-security/restored-policy.ts'
import { partProbe, relationProbe, step } from './step.ts'
import { touchedColumns } from './touched-columns.ts'

/** Kinds that PostgreSQL will not have on a column while its type changes; a routine cannot be dropped for it. */
const inTheWay: ReadonlySet<OpaqueObject['kind']> = new Set([
  'view',
  'materializedView',
  'trigger',
  'policy',
  'rule',
  'routine',
])

/** What reads one of these columns (`products.name`), and what reads that in turn: each before those that it reads. */
export function readersOf(columns: ReadonlySet<string>, opaque: readonly OpaqueObject[]): readonly OpaqueObject[] {
  const isPartOfView = ({ kind, table }: OpaqueObject): boolean =>
    (kind === 'trigger' || kind === 'rule') && opaque.some(({ kind: other, name }) => name === table && isView(other))
  const candidates = opaque.filter((object) => inTheWay.has(object.kind) && !isPartOfView(object))
  const found = new Set(candidates.filter(({ usesColumns = [] }) => usesColumns.some((path) => columns.has(path))))
  for (const reader of found) {
    if (!isView(reader.kind)) continue
    for (const other of candidates) {
      if (!other.uses.includes(reader.name)) continue
      // Again, and so behind all that it reads.
      found.delete(other)
      found.add(other)
    }
  }
  return [...found].toReversed()
}

function isView(kind: OpaqueObject['kind']): boolean {
  return kind === 'view' || kind === 'materializedView'
}

/** Steps that take away what reads the table's touched columns, and put it back when everything it reads is as wanted. */
export function opaqueSteps(table: string, context: RenderContext): readonly RenderedStep[] {
  const own = touchedPaths(table, context)
  if (own.size === 0 || context.opaque.length === 0) return []
  const isFirst = firstTouched(table, context)
  const readers = readersOf(own, context.opaque)
    .filter(isFirst)
    .map((reader) => restoredPolicy(reader, context))
  return [
    ...readers.map((reader) => dropStep(table, reader)),
    ...readers.toReversed().map((reader) => restoreStep(table, reader)),
  ]
}

function touchedPaths(table: string, context: RenderContext): ReadonlySet<string> {
  const { retyped, remade } = touchedColumns(table, context)
  return new Set([...retyped, ...remade].map((name) => `${table}.${name}`))
}

/** A view over several tables that change is taken away by the first of them. */
function firstTouched(table: string, context: RenderContext): (object: OpaqueObject) => boolean {
  const earlier = Object.keys(context.before.tables).filter(
    (name) => name < table && context.after.tables[name] !== undefined,
  )
  const paths = new Set(earlier.flatMap((name) => [...touchedPaths(name, context)]))
  const taken = paths.size === 0 ? [] : readersOf(paths, context.opaque)
  return (object) => !taken.includes(object)
}

function standsProbe(
  { kind, name, table }: OpaqueObject,
  state: { readonly exists: boolean },
): RenderedStep['idempotenceProbe'] {
  return kind === 'trigger' || kind === 'policy' || kind === 'rule'
    ? partProbe({ kind, name, table: quote(table ?? '') }, state)
    : relationProbe(quote(name), state)
}

function dropStep(table: string, object: OpaqueObject): RenderedStep {
  return step({
    phase: 'unlink',
    table,
    statements: [dropSql(object)],
    inverse: object.restore ?? null,
    idempotenceProbe: standsProbe(object, { exists: false }),
  })
}

function restoreStep(table: string, object: OpaqueObject): RenderedStep {
  return step({
    phase: 'foreignKey',
    table,
    statements: object.restore ?? [],
    inverse: [dropSql(object)],
    lock: { blocks: 'everything', work: object.kind === 'materializedView' ? 'scan' : 'none' },
    idempotenceProbe: standsProbe(object, { exists: true }),
    refersTo: object.uses.filter((name) => name !== table),
  })
}

const words: Partial<Record<OpaqueObject['kind'], string>> = { materializedView: 'materialized view' }

function dropSql({ kind, name, table }: OpaqueObject): string {
  return `drop ${words[kind] ?? kind} ${quote(name)}${table === null ? '' : ` on ${quote(table)}`}`
}
