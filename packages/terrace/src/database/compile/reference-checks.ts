import type { OperationNode, RootOperationNode, SelectQueryNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact, ReferenceFact } from '../../model/index.ts'
import type { Written } from './assignments.ts'
import type { Binding, ReferenceCheck } from './compiled-statement.ts'
import type { Meaning } from './meaning.ts'
import { actorParameter } from './owner-parameter.ts'
import { isUnscoped, type Pass } from './pass.ts'
import { groupConditions, isLimited, isReadMoreWidely, scopeConditions } from './scope-conditions.ts'
import { aliased, allOf, and, anyOf, binary, heldRows, parameter, parens, reference, table } from './sql-nodes.ts'

/** What one row of a statement writes, by property. */
export type WrittenRow = Pick<ReadonlyMap<string, Written>, 'has' | 'get'>

/**
 * Notes which rows must be visible for references that are written. None where the foreign key says it all: when every row of
 * the target can be seen, and for the owner, which is the actor itself.
 *
 * Errors: `SCOPE_REFERENCE_EXPRESSION` for a key that is not known before the statement runs.
 */
export function checkReferences(pass: Pass, model: ModelFact, rows: readonly WrittenRow[]): void {
  for (const fact of model.references) {
    if (!fact.columns.some((name) => rows[0]?.has(name) === true) || isStampedOwner(pass, model, fact)) continue
    const access = accessOf(model, fact)
    if (!isAsked(pass, fact, access)) continue
    const keys = rows.map((row) => keyOf(pass, fact, { row, access })).filter((key) => key !== null)
    if (keys.length > 0) pass.findings.checks.push(checkOf(fact, access, keys))
  }
}

function isStampedOwner(pass: Pass, { access }: ModelFact, { columns }: ReferenceFact): boolean {
  return !isUnscoped(pass) && access.kind === 'owned' && columns.length === 1 && columns[0] === access.column
}

/** Where the foreign key alone does not say that the writer may refer to the row. */
function isAsked(pass: Pass, { target }: ReferenceFact, access: ReferenceCheck['access']): boolean {
  if (access === 'group' && !isUnscoped(pass)) return true
  return isLimited(pass, pass.graph.models[target] as ModelFact, access === 'write' ? 'write' : 'read')
}

function accessOf({ access }: ModelFact, fact: ReferenceFact): ReferenceCheck['access'] {
  if (access.kind === 'memberOf' && access.reference?.name === fact.name) return 'group'
  return access.kind === 'ownedThrough' && access.reference.name === fact.name ? 'write' : 'read'
}

function checkOf(
  fact: ReferenceFact,
  access: ReferenceCheck['access'],
  keys: readonly (readonly Binding[])[],
): ReferenceCheck {
  const { model, columns, target, targetColumns } = fact
  return { model, columns, target, targetColumns, access, keys }
}

interface RowOfReference {
  readonly row: WrittenRow
  readonly access: ReferenceCheck['access']
}

/** The values of a reference; null where there is nothing to check: a null among them, or the key of a visible row. */
function keyOf(pass: Pass, fact: ReferenceFact, { row, access }: RowOfReference): readonly Binding[] | null {
  const key: Binding[] = []
  for (const [at, name] of fact.columns.entries()) {
    const item = row.get(name) ?? ownerItem(pass, pass.graph.models[fact.model] as ModelFact, name)
    if (item?.kind === 'value') {
      if (isNullBinding(item.binding)) return nullKey(pass, fact, access)
      key.push(item.binding)
    } else if (item === undefined || !isVisibleKey(pass, item.expression.meaning, { fact, at, access })) {
      if (pass.options.byRule) return null
      throw unknownKey(pass, fact, name)
    }
  }
  return key.length === fact.columns.length ? key : null
}

/** An UPDATE leaves the owner's column as it is, which is the actor's key. */
function ownerItem(pass: Pass, model: ModelFact, name: string): Written | undefined {
  const { access } = model
  if (isUnscoped(pass) || access.kind !== 'owned' || access.column !== name) return undefined
  const node = actorParameter(pass, model, { column: model.column[name] as ColumnFact, actor: access.owner })
  return { kind: 'value', binding: (node as unknown as { readonly value: Binding }).value, folded: null }
}

const isNullBinding = (binding: Binding): boolean => binding.kind === 'value' && binding.value === null

/** Without a parent a row belongs to nobody, so its writer would not see it. */
function nullKey(pass: Pass, fact: ReferenceFact, access: ReferenceCheck['access']): null {
  if (access === 'read' || isUnscoped(pass)) return null
  throw errors.REFERENCE_MISSING({
    values: { model: fact.model, fields: fact.columns.join(', '), target: fact.target },
    fields: fact.columns,
  })
}

interface KeyPlace {
  readonly fact: ReferenceFact
  readonly at: number
  readonly access: ReferenceCheck['access']
}

/** A key selected from its own, limited table is that of a visible row. Where trash is read it may be that of a deleted one. */
function isVisibleKey(pass: Pass, meaning: Meaning, { fact, at, access }: KeyPlace): boolean {
  if (meaning.kind !== 'column' || fact.columns.length > 1 || pass.options.deleted !== 'without') return false
  const target = pass.graph.models[fact.target] as ModelFact
  if (meaning.model !== target || meaning.column.name !== fact.targetColumns[at]) return false
  if (access === 'group') return isUnscoped(pass)
  return access === 'read' || !isReadMoreWidely(pass, target)
}

function unknownKey({ graph }: Pass, fact: ReferenceFact, column: string): Error {
  const target = graph.models[fact.target] as ModelFact
  return errors.SCOPE_REFERENCE_EXPRESSION({
    values: { model: fact.model, column, target: target.name, table: target.table },
  })
}

/** `select <key> from <target> where (<key> = … or …) and <scope> for share`: one row per key that is visible. */
export function referenceCheckQuery(pass: Pass, check: ReferenceCheck, keys: number): RootOperationNode {
  const target = pass.graph.models[check.target] as ModelFact
  const alias = target.table
  const facts = check.targetColumns.map((name) => target.column[name] as ColumnFact)
  const isOneOf = Array.from({ length: keys }, (_, key) =>
    parens(allOf(facts.map((fact, at) => keyEquals(alias, fact, key * facts.length + at))) as SelectQueryNode),
  ) as [SelectQueryNode, ...SelectQueryNode[]]
  const isKey = soleKey(alias, facts, keys) ?? anyOf(isOneOf)
  const guards = allOf(targetConditions(pass, check, target))
  pass.findings.locks = true
  return {
    kind: 'SelectQueryNode',
    from: { kind: 'FromNode', froms: [table(alias)] },
    selections: facts.map((fact) => ({
      kind: 'SelectionNode',
      selection: aliased(reference(alias, fact.sqlName), fact.name) as never,
    })),
    where: { kind: 'WhereNode', where: guards === null ? isKey : and(isKey, guards) },
    endModifiers: heldRows(pass.capabilities),
  } as SelectQueryNode
}

/** The target under its own name; into a group only those write whom the row's model names. */
function targetConditions(pass: Pass, { access, model }: ReferenceCheck, target: ModelFact): OperationNode[] {
  if (access === 'group') return groupConditions(pass, pass.graph.models[model] as ModelFact, target.table)
  return scopeConditions(pass, target, target.table, {
    access,
    deleted: pass.options.deleted,
    isHeld: access === 'write',
  })
}

const keyEquals = (alias: string, fact: ColumnFact, slot: number): SelectQueryNode =>
  binary(reference(alias, fact.sqlName), '=', parameter({ kind: 'slot', slot, encode: null })) as SelectQueryNode

/** Most keys are one column, and lists are what engines look up best. */
function soleKey(alias: string, [fact, ...others]: readonly ColumnFact[], keys: number): SelectQueryNode | null {
  if (fact === undefined || others.length > 0) return null
  if (keys === 1) return keyEquals(alias, fact, 0)
  const slots = Array.from({ length: keys }, (_, slot) => parameter({ kind: 'slot', slot, encode: null }))
  return binary(reference(alias, fact.sqlName), 'in', {
    kind: 'ValueListNode',
    values: slots,
  } as never) as SelectQueryNode
}
