import type {
  ColumnNode,
  InsertQueryNode,
  OperationNode,
  PrimitiveValueListNode,
  SelectQueryNode,
  ValueListNode,
  ValuesNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import {
  foldedNodeOf,
  invalid,
  nodeOf,
  requireAssignable,
  requireWritable,
  stampedValue,
  written,
  writtenValue,
  type Written,
} from './assignments.ts'
import { Slot, type Binding } from './compiled-statement.ts'
import { requireNoNewGroup } from './member-conditions.ts'
import { modelOfTable, tableName } from './names.ts'
import { onConflict } from './on-conflict.ts'
import { actorParameter } from './owner-parameter.ts'
import { isUnscoped, newName, plainPurpose, type Expression, type Frame, type Pass, type Surroundings } from './pass.ts'
import { checkReferences, type WrittenRow } from './reference-checks.ts'
import { hintOf, refused } from './refuse.ts'
import { returning } from './returning.ts'
import { scopeConditions } from './scope-conditions.ts'
import { aliased, column, reference, table, type Building } from './sql-nodes.ts'
import { unstamped, type Write } from './update.ts'
import { writeWith } from './write-with.ts'

/** An INSERT: rows that their writer will see, stamped by the session, and nothing else changed by them. */
export function insertQuery(pass: Pass, node: InsertQueryNode): Write<InsertQueryNode> {
  refuseRest(node)
  const model = targetOf(pass, node)
  requireWriter(pass, model)
  const { node: withNode, ctes } = writeWith(pass, node.with)
  const given = (node.columns ?? []).map((named) => givenColumn(pass, model, named))
  const body = bodyOf(pass, node, { model, given, around: { outer: null, ctes } })
  const { node: returned, outputs } = returning(pass, node.returning, {
    model,
    isCapable: pass.capabilities.insertReturning,
    ctes,
  })
  const query: Building<InsertQueryNode> = { kind: 'InsertQueryNode', into: table(model.table), ...body, ...returned }
  if (withNode !== null) query.with = withNode
  if (node.onConflict !== undefined) query.onConflict = onConflict(pass, node.onConflict, model)
  return { node: query, outputs }
}

function refuseRest(node: InsertQueryNode): void {
  const overwrites = 'it would overwrite or hide a row that the session may not even see'
  const remedy = 'Use dao.upsert'
  if (node.replace === true) throw refused('REPLACE', overwrites, remedy)
  if (node.onDuplicateKey !== undefined) throw refused('ON DUPLICATE KEY UPDATE', overwrites, remedy)
  if (node.orAction !== undefined) throw refused('INSERT OR / INSERT IGNORE', overwrites, remedy)
  if (node.explain !== undefined)
    throw refused('EXPLAIN', 'it gives no rows of a model', 'Explain the statement’s SQL in a database shell')
  if (node.top !== undefined || node.output !== undefined)
    throw refused('TOP and OUTPUT', 'no engine of Terrace has them', 'Use .returning(…)')
  if ((node.endModifiers ?? []).length > 0)
    throw refused('A modifier at the end of an INSERT', 'it is raw SQL', 'Leave it out')
}

function targetOf(pass: Pass, { into }: InsertQueryNode): ModelFact {
  if (into === undefined) throw refused('INSERT into no table', 'it belongs to MERGE', 'Write insertInto(table)')
  const model = modelOfTable(pass, tableName(into))
  pass.findings.tables.add(model.table)
  return model
}

/** May this session write such rows at all? Which ones is decided by what they own and refer to. */
function requireWriter(pass: Pass, model: ModelFact): void {
  requireNoNewGroup(pass, model)
  scopeConditions(pass, model, model.table, { access: 'write', deleted: 'with' })
}

function givenColumn(pass: Pass, model: ModelFact, { column: { name } }: ColumnNode): ColumnFact {
  const fact = model.column[name]
  if (fact === undefined) {
    throw errors.SCOPE_UNKNOWN_COLUMN({
      values: { column: name, where: model.table, hint: hintOf(name, Object.keys(model.column)) },
    })
  }
  requireWritable(pass, model, fact, 'insert')
  return fact
}

interface BodyOptions {
  readonly model: ModelFact
  readonly given: readonly ColumnFact[]
  readonly around: Surroundings
}

type Body = Required<Pick<InsertQueryNode, 'columns' | 'values'>>

function bodyOf(pass: Pass, { values, defaultValues }: InsertQueryNode, options: BodyOptions): Body {
  if (defaultValues === true) return rowsBody(pass, [noValues], options)
  if (values?.kind === 'ValuesNode') return rowsBody(pass, (values as ValuesNode).values, options)
  if (values?.kind === 'SelectQueryNode') return queryBody(pass, values as SelectQueryNode, options)
  if (values?.kind === 'RawNode') throw errors.SCOPE_RAW()
  throw refused('An INSERT without rows', 'there is nothing to write', 'Add .values(…) or .columns(…).expression(…)')
}

type Row = PrimitiveValueListNode | ValueListNode

const noValues: Row = { kind: 'PrimitiveValueListNode', values: [] }

function rowsBody(pass: Pass, rows: readonly Row[], { model, given, around }: BodyOptions): Body {
  const frame: Frame = { ...around, sources: [] }
  const stamped = stampedColumns(pass, model, given)
  const writtenRows = rows.map((row) => {
    const items = writtenItems(pass, model, row, { given, frame })
    for (const { make } of stamped) items.push(make())
    return items
  })
  const columns = [...given, ...stamped.map(({ fact }) => fact)]
  checkReferences(
    pass,
    model,
    writtenRows.map((items) => rowByName(columns, items)),
  )
  if (columns.length === 0)
    throw refused('An INSERT without columns', 'not every engine has DEFAULT VALUES', 'Give a value for one column')
  return {
    columns: columns.flatMap(columnNodes),
    values: { kind: 'ValuesNode', values: writtenRows.map(valuesOf) } as OperationNode,
  }
}

/** A row whose items are in the order of `columns`. */
const rowByName = (columns: readonly ColumnFact[], items: readonly Written[]): WrittenRow => ({
  has: (name) => columns.some((fact) => fact.name === name),
  get: (name) => items[columns.findIndex((fact) => fact.name === name)],
})

const columnNodes = ({ sqlName, foldedInto }: ColumnFact): ColumnNode[] =>
  foldedInto === null ? [column(sqlName)] : [column(sqlName), column(foldedInto.sqlName)]

/** As bindings alone where nothing is an expression: what bulk inserts are made of. */
function valuesOf(items: readonly Written[]): Row {
  const values: Binding[] = []
  for (const item of items) {
    if (item.kind !== 'value') return { kind: 'ValueListNode', values: items.flatMap(nodesOf) }
    values.push(item.binding)
    if (item.folded !== null) values.push(item.folded)
  }
  return { kind: 'PrimitiveValueListNode', values }
}

function nodesOf(item: Written): readonly OperationNode[] {
  const folded = foldedNodeOf(item)
  return folded === null ? [nodeOf(item)] : [nodeOf(item), folded]
}

interface RowPlace {
  readonly given: readonly ColumnFact[]
  readonly frame: Frame
}

function writtenItems(pass: Pass, model: ModelFact, row: Row, { given, frame }: RowPlace): Written[] {
  if (row.values.length !== given.length)
    throw refused('A row of another length', 'it has no value for every column', 'Give each row the same columns')
  return row.kind === 'PrimitiveValueListNode'
    ? given.map((fact, at) => givenValue(pass, model, fact, row.values[at]))
    : given.map((fact, at) => givenNode(pass, model, fact, { node: row.values[at] as OperationNode, frame }))
}

function givenValue(pass: Pass, model: ModelFact, fact: ColumnFact, value: unknown): Written {
  return isOwnerColumn(pass, model, fact) ? ownerItem(pass, model, fact, value) : writtenValue(pass, fact, value)
}

interface NodePlace {
  readonly node: OperationNode
  readonly frame: Frame
}

function givenNode(pass: Pass, model: ModelFact, fact: ColumnFact, { node, frame }: NodePlace): Written {
  if (isOwnerColumn(pass, model, fact)) return ownerItem(pass, model, fact, valueOf(node))
  return node.kind === 'DefaultInsertValueNode' ? defaultItem(pass, model, fact) : written(pass, fact, node, frame)
}

/** The column that says whose row it is, in a session that acts for somebody. */
function isOwnerColumn(pass: Pass, { access, primaryKey }: ModelFact, { name }: ColumnFact): boolean {
  if (isUnscoped(pass)) return false
  return access.kind === 'owned' ? access.column === name : access.kind === 'actor' && primaryKey.columns.includes(name)
}

const ownerOf = ({ name, access }: ModelFact): string => (access.kind === 'owned' ? access.owner : name)

/** Always the actor's key, whatever a slot will hold: a given value must be that. */
function ownerItem(pass: Pass, model: ModelFact, fact: ColumnFact, given: unknown): Written {
  const isOwn = given instanceof Slot ? pass.options.byRule : isKeyOfActor(pass, ownerOf(model), given)
  if (!isOwn) throw errors.SCOPE_OWNER_GIVEN({ values: { model: model.name, column: fact.name }, fields: [fact.name] })
  return ownerKey(pass, model, fact)
}

const absent = Symbol('absent')

function valueOf(node: OperationNode): unknown {
  if (node.kind === 'DefaultInsertValueNode') return absent
  return node.kind === 'ValueNode' ? (node as unknown as { readonly value: unknown }).value : null
}

function isKeyOfActor({ options: { scope } }: Pass, owner: string, given: unknown): boolean {
  return (
    given === absent || (scope.kind === 'actor' && Object.hasOwn(scope.actor, owner) && scope.actor[owner] === given)
  )
}

function ownerKey(pass: Pass, model: ModelFact, fact: ColumnFact): Written {
  const node = actorParameter(pass, model, { column: fact, actor: ownerOf(model) }) as unknown as {
    readonly value: Binding
  }
  return { kind: 'value', binding: node.value, folded: null }
}

interface StampedColumn {
  readonly fact: ColumnFact
  /** For each row anew. */
  readonly make: () => Written
}

/** Columns that the statement does not give: the owner, and by hand what the session and functions of the model make. */
function stampedColumns(pass: Pass, model: ModelFact, given: readonly ColumnFact[]): readonly StampedColumn[] {
  const stamped: StampedColumn[] = []
  for (const fact of model.columns) {
    const make = given.includes(fact) ? null : stampOf(pass, model, fact)
    if (make !== null) stamped.push({ fact, make })
  }
  return stamped
}

function stampOf(pass: Pass, model: ModelFact, fact: ColumnFact): (() => Written) | null {
  if (isOwnerColumn(pass, model, fact)) return always(ownerKey(pass, model, fact))
  if (pass.options.byRule) return null
  if (fact.stamp === 'owner') throw noValue(fact, 'the session acts for no owner')
  const { stamps } = pass.options
  if (fact.stamp === 'id' || fact.stamp === 'createdAt' || fact.stamp === 'updatedAt') {
    if (stamps === undefined) throw unstamped(fact)
    return fact.stamp === 'id'
      ? () => stampedValue(pass, fact, stamps.newId())
      : always(stampedValue(pass, fact, stamps.now))
  }
  const { default: made } = fact
  return made?.kind === 'make' ? () => writtenValue(pass, fact, made.make()) : null
}

const always =
  (item: Written): (() => Written) =>
  () =>
    item

/** A row that lacks what other rows of the statement give: engines have no DEFAULT there, or read it as NULL. */
function defaultItem(pass: Pass, model: ModelFact, fact: ColumnFact): Written {
  const stamp = stampOf(pass, model, fact)
  if (stamp !== null) return stamp()
  if (fact.default?.kind === 'value') return writtenValue(pass, fact, fact.default.value)
  if (fact.nullable) return writtenValue(pass, fact, null)
  throw noValue(fact, 'no default gives it')
}

function noValue({ name }: ColumnFact, why: string): Error {
  return invalid({ path: `/${name}`, code: 'REQUIRED', message: `is required: ${why}` })
}

/** `insert … select`: the query's rows with what is stamped, from a sub-query so that it may be of any shape. */
function queryBody(pass: Pass, node: SelectQueryNode, { model, given, around }: BodyOptions): Body {
  for (const fact of given) requireFromQuery(pass, model, fact)
  const expected = given.map((fact) => ({ kind: 'column' as const, column: fact, model: null }))
  const query = pass.query(node, around, { ...plainPurpose, expected })
  if (query.outputs.length !== given.length) {
    throw refused(
      'INSERT from a query',
      `it gives ${query.outputs.length} columns for ${given.length}`,
      'Name as many columns as it selects',
    )
  }
  const name = newName(pass)
  const row = new Map<string, Written>()
  for (const [at, fact] of given.entries()) {
    const output = query.outputs[at] as Expression & { readonly name: string }
    requireAssignable(fact, output.meaning)
    row.set(fact.name, {
      kind: 'expression',
      expression: { ...output, node: reference(name, output.name) },
      folded: null,
    })
  }
  for (const { fact, make } of stampedColumns(pass, model, given)) {
    if (fact.stamp === 'id' || fact.default?.kind === 'make') throw perRow(model, fact)
    row.set(fact.name, make())
  }
  checkReferences(pass, model, [row])
  const columns = [...row.keys()].map((key) => model.column[key] as ColumnFact)
  return {
    columns: columns.map(({ sqlName }) => column(sqlName)),
    values: selectFrom(query.node, name, [...row.values()]),
  }
}

function requireFromQuery(pass: Pass, model: ModelFact, fact: ColumnFact): void {
  if (fact.foldedInto !== null) {
    throw refused(
      `INSERT from a query into "${fact.name}"`,
      'the database cannot compute its text without case',
      'Select the rows and use dao.createMany',
    )
  }
  if (isOwnerColumn(pass, model, fact)) {
    throw errors.SCOPE_OWNER_GIVEN({ values: { model: model.name, column: fact.name }, fields: [fact.name] })
  }
}

function perRow({ name }: ModelFact, fact: ColumnFact): Error {
  return refused(
    `INSERT from a query into ${name} without "${fact.name}"`,
    'it is made anew for each row',
    'Select the rows and use dao.createMany',
  )
}

function selectFrom(query: SelectQueryNode, name: string, items: readonly Written[]): SelectQueryNode {
  return {
    kind: 'SelectQueryNode',
    from: { kind: 'FromNode', froms: [aliased(query, name)] },
    selections: items.map((item) => ({ kind: 'SelectionNode', selection: nodeOf(item) as never })),
  }
}
