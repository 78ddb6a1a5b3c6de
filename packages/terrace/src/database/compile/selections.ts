import type { AliasNode, OperationNode, ReferenceNode, SelectionNode, TableNode, ValueNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { isLiteral } from './literals.ts'
import { numericKindOf, type Meaning } from './meaning.ts'
import { aliasName, allColumns, checkedName, sourceNamed, tableName } from './names.ts'
import type { Expression, Frame, Output, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { aliased, cast, constant } from './sql-nodes.ts'

export interface Selections {
  readonly nodes: readonly SelectionNode[]
  readonly outputs: readonly Output[]
}

export interface SelectionOptions {
  /** What each output is compared with or assigned to. */
  readonly expected: readonly Meaning[]
  readonly isExistence: boolean
  /** What becomes of the outputs before they are written. Default nothing. */
  readonly finish?: (outputs: readonly Output[]) => readonly Output[]
  /** Nothing else in the query names its outputs. Default false. */
  readonly isUnnamed?: boolean
}

/** What a query gives, each output by its property or alias. `*` is the columns of the models, companions left out. */
export function selections(
  pass: Pass,
  nodes: readonly SelectionNode[],
  frame: Frame,
  { expected, isExistence, finish = (outputs) => outputs, isUnnamed = false }: SelectionOptions,
): Selections {
  if (isExistence && nodes.length === 0) return { nodes: [selection(constant(1))], outputs: [] }
  const outputs: Output[] = []
  const { aggregates } = pass.findings
  for (const node of nodes) {
    for (const output of outputsOf(pass, node.selection, frame, {
      expected: expected[outputs.length] ?? null,
      isExistence,
    })) {
      addOutput(outputs, output)
    }
  }
  if (outputs.length === 0)
    throw refused('A query without columns', 'it gives nothing', 'Add .select(…) or .selectAll()')
  // Whether there are rows needs no values, and MariaDB finds rows where there are none beside a function over a window.
  if (isExistence && isUnnamed && pass.findings.aggregates === aggregates)
    return { nodes: [selection(constant(1))], outputs }
  const finished = finish(outputs)
  return { nodes: finished.map(selectionOf), outputs: finished }
}

/** A bare value is text to PostgreSQL where only what stands around the query says what it is. */
function typed({ dialect: { castTypes } }: Pass, node: OperationNode, found: Expression): Expression {
  if (!isLiteral(node) || found.node.kind !== 'ValueNode' || (found.node as ValueNode).immediate === true) return found
  if (typeof node.value === 'boolean') return { ...found, node: constant(node.value) }
  const kind = numericKindOf(found.meaning)
  if (kind === null || kind === 'decimal') return found
  return { ...found, node: cast(found.node, kind === 'float' ? castTypes.float : castTypes.integer) }
}

interface OutputOptions {
  readonly expected: Meaning | null
  readonly isExistence: boolean
}

function outputsOf(
  pass: Pass,
  node: OperationNode,
  frame: Frame,
  { expected, isExistence }: OutputOptions,
): readonly Output[] {
  if (node.kind === 'SelectAllNode') return allOutputs(frame)
  if (node.kind === 'ReferenceNode') return referenceOutputs(pass, node as ReferenceNode, frame)
  if (node.kind === 'AliasNode') {
    const { node: inner, alias } = node as AliasNode
    const before = pass.findings.calculations
    const output = outputOf(aliasName(alias), typed(pass, inner, pass.expression(inner, frame, expected)))
    return [pass.findings.calculations === before ? output : { ...output, calculates: true }]
  }
  if (isExistence) return [outputOf('exists', pass.expression(node, frame, null))]
  throw refused('An output without a name', 'its value could not be found in the row', 'Give it one: .as("name")')
}

function referenceOutputs(pass: Pass, node: ReferenceNode, frame: Frame): readonly Output[] {
  if (node.column.kind === 'SelectAllNode') return allColumns(sourceNamed(tableName(node.table as TableNode), frame))
  return [outputOf(node.column.column.name, pass.expression(node, frame, null))]
}

function allOutputs(frame: Frame): readonly Output[] {
  if (frame.sources.length === 0)
    throw refused('"*" without a table', 'there is nothing to select', 'Name what is selected')
  return frame.sources.flatMap(allColumns)
}

function outputOf(name: string, { node, meaning, companion, isNeverNull }: Expression): Output {
  if (meaning.kind === 'tuple')
    throw refused('A tuple as an output', 'it is several values', 'Select its values one by one')
  return { name, node, meaning, companion, isNeverNull }
}

/** Two outputs of one name would overwrite each other in the row; the same column twice is one. */
function addOutput(outputs: Output[], output: Output): void {
  const twin = outputs.find(({ name }) => name === output.name)
  if (twin === undefined) outputs.push(output)
  else if (!isSameColumn(twin, output)) throw twiceSelected(output.name)
}

function isSameColumn(one: Output, other: Output): boolean {
  return (
    one.node.kind === 'ReferenceNode' && other.node.kind === 'ReferenceNode' && pathOf(one.node) === pathOf(other.node)
  )
}

function pathOf(node: OperationNode): string {
  const { table, column } = node as ReferenceNode
  return JSON.stringify([table?.table.identifier.name, column.kind === 'ColumnNode' ? column.column.name : null])
}

function twiceSelected(name: string): Error {
  return errors.SCOPE_AMBIGUOUS({
    values: {
      name,
      why: 'two outputs have this name',
      remedy: 'Give one of them another name: "portions.id as portionId"',
    },
  })
}

function selectionOf(output: Output): SelectionNode {
  const isNamed = output.node.kind === 'ReferenceNode' && sqlNameOf(output.node as ReferenceNode) === output.name
  return selection(isNamed ? output.node : aliased(output.node, checkedName(output.name)))
}

function sqlNameOf({ column }: ReferenceNode): string | null {
  return column.kind === 'ColumnNode' ? column.column.name : null
}

function selection(node: OperationNode): SelectionNode {
  return { kind: 'SelectionNode', selection: node as SelectionNode['selection'] }
}
