import type { OperationNode, ReferenceNode, SchemableIdentifierNode, TableNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import type { Cte, CteList, Expression, Frame, Output, Pass, Source, TableSource } from './pass.ts'
import { reservedPrefix } from './pass.ts'
import { hintOf, refused } from './refuse.ts'
import { reference } from './sql-nodes.ts'

/** The name in a table node; a schema in front of it is refused. */
export function tableName({ table }: TableNode): string {
  return unqualifiedName(table)
}

function unqualifiedName({ schema, identifier }: SchemableIdentifierNode): string {
  if (schema === undefined) return textOf(identifier.name)
  throw refused(
    `The schema in "${schema.name}.${identifier.name}"`,
    'the models of one graph live in one schema, and catalogues are no models',
    `Write "${identifier.name}", without withSchema()`,
  )
}

/** What only looks like a text could be another one each time it is asked, and another one again in the SQL. */
function textOf(name: unknown): string {
  if (typeof name === 'string') return name
  throw refused('A name that is no text', 'nothing says what it would be in the SQL', 'Give a text')
}

/** Error: `SCOPE_UNKNOWN_TABLE`. */
export function modelOfTable({ graph }: Pass, name: string): ModelFact {
  const model = graph.tables[name]
  if (model !== undefined) return model
  throw errors.SCOPE_UNKNOWN_TABLE({ values: { table: name, hint: hintOf(name, Object.keys(graph.tables)) } })
}

export function findCte(ctes: CteList, name: string): Cte | null {
  for (let at = ctes; at !== null; at = at.next) if (at.cte.name === name) return at.cte
  return null
}

// Source: PostgreSQL documentation, "Identifiers and Key Words"; others take at least as much.
const longestName = 63

/** A name that a statement gives to a table or an output. Errors: `SCOPE_RESERVED_NAME`. */
export function checkedName(given: string): string {
  const name = textOf(given)
  if (name === '' || name.includes('\0')) {
    throw refused('A name that is empty or holds U+0000', 'no engine takes it', 'Choose another one')
  }
  if (name.length > longestName / 4 && Buffer.byteLength(name) > longestName) {
    throw refused(
      'A name of more than 63 bytes',
      'engines cut it off, so that two names may become one',
      'Choose a shorter one',
    )
  }
  // Engines compare names without case.
  if (!name.toLowerCase().startsWith(reservedPrefix) && name !== '__proto__') return name
  throw errors.SCOPE_RESERVED_NAME({ values: { name, prefix: name === '__proto__' ? '__' : reservedPrefix } })
}

/** The columns of a sub-query or CTE: some engines take two names that differ only by case for one. */
export function distinctNames(outputs: readonly Output[]): readonly Output[] {
  const names = new Set<string>()
  for (const { name } of outputs) {
    if (names.has(name.toLowerCase())) {
      throw errors.SCOPE_AMBIGUOUS({
        values: { name, why: 'another output differs only by case', remedy: 'Give one of them another name' },
      })
    }
    names.add(name.toLowerCase())
  }
  return outputs
}

/** The name after `as`, which must be a plain one. */
export function aliasName(alias: OperationNode): string {
  if (alias.kind === 'IdentifierNode') return checkedName((alias as { readonly name?: string }).name ?? '')
  throw refused('A computed alias', 'columns could not be resolved through it', 'Give a plain name: .as("name")')
}

/** Some engines compare the names of tables without case: two that differ only by it would be one there. */
export function addSource(frame: Frame, source: Source): void {
  const twin = sameNameIn(frame, source.name)
  if (twin !== undefined) {
    throw errors.SCOPE_AMBIGUOUS({
      values: { name: source.name, why: `${twin.name} is in the same FROM`, remedy: 'Give one of them another alias' },
    })
  }
  frame.sources.push(source)
}

function sameNameIn({ sources }: Frame, name: string): Source | undefined {
  const lower = name.toLowerCase()
  return sources.find((source) => source.name === name || source.name.toLowerCase() === lower)
}

/** A column by its property, through aliases, sub-queries and CTEs, outwards where this query has no such column. */
export function resolveReference(pass: Pass, node: ReferenceNode, frame: Frame): Expression {
  pass.findings.columns += 1
  if (node.column.kind !== 'ColumnNode') throw refused('"*" as a value', 'it is several columns', 'Name the columns')
  const name = node.column.column.name
  return node.table === undefined
    ? resolveUnqualified(pass, name, frame)
    : resolveQualified(pass, { table: tableName(node.table), name }, frame)
}

/** Without its table's name a column would be one of the sub-query's own. */
function requireReachable(source: Source, innermost: Frame): void {
  if (source.kind !== 'table' || !source.isUnqualified || innermost.sources.includes(source)) return
  throw refused(
    'A sub-query in RETURNING that names the written row',
    'engines resolve its columns differently',
    'Select it in a statement after',
  )
}

interface QualifiedName {
  readonly table: string
  readonly name: string
}

function resolveQualified(pass: Pass, { table, name }: QualifiedName, frame: Frame): Expression {
  const source = sourceNamed(table, frame)
  requireReachable(source, frame)
  const found = columnOf(pass, source, name)
  if (found !== null) return found
  throw unknownColumn(name, source.name, columnNames(source))
}

function outwards(frame: Frame): Frame | null {
  frame.onLeft?.()
  return frame.outer
}

/** The nearest table of this name. Errors: `SCOPE_UNKNOWN_TABLE`, `SCOPE_AMBIGUOUS`. */
export function sourceNamed(name: string, innermost: Frame): Source {
  for (let frame: Frame | null = innermost; frame !== null; frame = outwards(frame)) {
    const near = sameNameIn(frame, name)
    if (near === undefined) continue
    if (near.name === name) return near
    throw errors.SCOPE_AMBIGUOUS({
      values: { name, why: `"${near.name}" differs only by case`, remedy: 'Give one of them another alias' },
    })
  }
  const known = innermost.sources.map((source) => source.name)
  throw errors.SCOPE_UNKNOWN_TABLE({ values: { table: name, hint: hintOf(name, known) } })
}

function resolveUnqualified(pass: Pass, name: string, innermost: Frame): Expression {
  for (let frame: Frame | null = innermost; frame !== null; frame = outwards(frame)) {
    const found = columnInFrame(pass, name, frame)
    if (found === null) continue
    if (frame !== innermost) for (const source of frame.sources) requireReachable(source, innermost)
    return found
  }
  const [first] = innermost.sources
  const known = innermost.sources.flatMap(columnNames)
  throw unknownColumn(
    name,
    first === undefined ? 'this query, which has no table' : innermost.sources.map((s) => s.name).join(', '),
    known,
  )
}

function columnInFrame(pass: Pass, name: string, frame: Frame): Expression | null {
  let found: Source | null = null
  for (const source of frame.sources) {
    if (!hasColumn(pass, source, name)) continue
    if (found !== null) throw inTwoTables(name, found, source)
    found = source
  }
  return found === null ? opaqueColumn(frame, name) : columnOf(pass, found, name)
}

function inTwoTables(name: string, first: Source, second: Source): Error {
  return errors.SCOPE_AMBIGUOUS({
    values: {
      name,
      why: `${first.name} and ${second.name} both have it`,
      remedy: `Write ${first.name}.${name}`,
    },
  })
}

/** Only raw SQL beside it can have a column that nobody knows. */
function opaqueColumn({ sources }: Frame, name: string): Expression | null {
  return sources.some(({ kind }) => kind === 'opaque') ? unknownExpression(reference(null, name)) : null
}

export function unknownExpression(node: OperationNode): Expression {
  return { node, meaning: { kind: 'unknown' }, companion: null, isNeverNull: false }
}

function hasColumn(pass: Pass, source: Source, name: string): boolean {
  if (source.kind === 'table')
    return factOf(source.model, name) !== null || companionNamed(pass, source.model, name) !== null
  return source.kind === 'derived' && source.outputs.some((output) => output.name === name)
}

function columnOf(pass: Pass, source: Source, name: string): Expression | null {
  if (source.kind === 'opaque') return unknownExpression(reference(source.name, name))
  if (source.kind === 'table') return tableColumn(pass, source, name)
  const output = source.outputs.find((candidate) => candidate.name === name)
  return output === undefined ? null : outputOf(source.name, output, source.isOptional)
}

function outputOf(qualifier: string, { name, meaning, isNeverNull }: Output, isOptional: boolean): Expression {
  return { node: reference(qualifier, name), meaning, companion: null, isNeverNull: isNeverNull && !isOptional }
}

function tableColumn(pass: Pass, source: TableSource, name: string): Expression | null {
  const fact = factOf(source.model, name)
  return fact === null ? companionOf(pass, source, name) : columnExpression(source, fact)
}

const factOf = (model: ModelFact, name: string): ColumnFact | null => model.column[name] ?? null

/** A column of a table as an expression: its name in the database, and the codec that goes with it. */
function columnExpression(source: TableSource, fact: ColumnFact): Expression {
  const qualifier = source.isUnqualified ? null : source.name
  return {
    node: reference(qualifier, fact.sqlName),
    meaning: { kind: 'column', column: fact, model: source.model },
    companion: fact.foldedInto === null ? null : reference(qualifier, fact.foldedInto.sqlName),
    isNeverNull: !fact.nullable && !source.isOptional,
  }
}

/** The DAO reads the companion itself, by its name in the database, with values that it folded. */
function companionOf(pass: Pass, source: TableSource, name: string): Expression | null {
  const fact = companionNamed(pass, source.model, name)
  if (fact === null) return null
  return {
    node: reference(source.isUnqualified ? null : source.name, name),
    meaning: { kind: 'text' },
    companion: null,
    isNeverNull: false,
  }
}

function companionNamed({ options }: Pass, model: ModelFact, name: string): ColumnFact | null {
  if (!options.byRule) return null
  return model.columns.find(({ foldedInto }) => foldedInto?.sqlName === name) ?? null
}

/** Every column that `*` stands for: the model's own, companions are none. */
export function allColumns(source: Source): readonly Output[] {
  if (source.kind === 'table') {
    return source.model.columns.map((fact) => ({ name: fact.name, ...columnExpression(source, fact) }))
  }
  if (source.kind === 'derived') {
    return source.outputs.map((output) => ({ name: output.name, ...outputOf(source.name, output, source.isOptional) }))
  }
  throw refused(`"*" over ${source.name}`, 'the columns of raw SQL are not known', 'Name the columns')
}

function columnNames(source: Source): readonly string[] {
  if (source.kind === 'table') return source.model.columns.map(({ name }) => name)
  return source.kind === 'derived' ? source.outputs.map(({ name }) => name) : []
}

function unknownColumn(name: string, where: string, known: readonly string[]): Error {
  return errors.SCOPE_UNKNOWN_COLUMN({ values: { column: name, where, hint: hintOf(name, known) } })
}
