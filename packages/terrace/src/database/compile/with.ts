import type { CommonTableExpressionNode, SelectQueryNode, TableNode, WithNode } from 'kysely'
import { checkedName, distinctNames, tableName } from './names.ts'
import { newName, plainPurpose, type Cte, type CteList, type Output, type Pass, type Surroundings } from './pass.ts'
import { refused } from './refuse.ts'
import { column, table } from './sql-nodes.ts'

export interface CompiledWith {
  readonly node: WithNode | null
  /** What the query behind it sees. */
  readonly ctes: CteList
}

/** Each CTE is visible to later ones and to the query; in its own body only when recursive. */
export function withClause(pass: Pass, node: WithNode | undefined, around: Surroundings): CompiledWith {
  if (node === undefined) return { node: null, ctes: around.ctes }
  let { ctes } = around
  const expressions = node.expressions.map((expression) => {
    const compiled = commonTable(pass, expression, { ...around, ctes }, node.recursive === true)
    ctes = { cte: compiled.cte, next: ctes }
    return compiled.node
  })
  return { node: { kind: 'WithNode', expressions, ...(node.recursive === true && { recursive: true }) }, ctes }
}

interface CompiledCte {
  readonly node: CommonTableExpressionNode
  readonly cte: Cte
}

function commonTable(
  pass: Pass,
  node: CommonTableExpressionNode,
  around: Surroundings,
  isRecursive: boolean,
): CompiledCte {
  const name = checkedName(tableName(node.name.table))
  const sqlName = sqlNameOf(pass, name, around)
  const columns = node.name.columns?.map((named) => checkedName(named.column.name))
  const cteOf = (outputs: readonly Output[]): Cte => ({
    name,
    sqlName,
    outputs: distinctNames(renamed(outputs, columns)),
  })
  const query = pass.query(selectOf(node), around, {
    ...plainPurpose,
    recursive: isRecursive ? (outputs) => ({ cte: cteOf(outputs), next: around.ctes }) : null,
  })
  // Not every engine takes a LIMIT in a query that reads itself, and none moves anything into it.
  if (!isRecursive || !reads(query.node.setOperations, sqlName)) pass.findings.inner.push(query)
  return {
    node: {
      kind: 'CommonTableExpressionNode',
      name: {
        kind: 'CommonTableExpressionNameNode',
        table: table(sqlName),
        ...(columns !== undefined && { columns: columns.map(column) }),
      },
      expression: query.node,
      ...(node.materialized !== undefined && { materialized: node.materialized }),
    },
    cte: cteOf(query.outputs),
  }
}

function reads(part: unknown, sqlName: string): boolean {
  if (typeof part !== 'object' || part === null) return false
  const { kind, table: named } = part as Partial<TableNode>
  if (kind === 'TableNode' && named?.identifier.name === sqlName) return true
  return Object.values(part).some((inner) => reads(inner, sqlName))
}

/** Engines compare the names of CTEs without case, beyond ASCII each in its own way: MariaDB takes "İ" for "i". */
const isAscii = (name: string): boolean => /^[\x20-\x7e]*$/.test(name)

/**
 * A CTE named as a model's table would stand in for it also where the compiler itself reads the table, in the conditions of the
 * scope: it gets another name in the SQL. So does one named as a CTE around it, because engines let its siblings in front see
 * it: SQLite always, others after RECURSIVE.
 */
function sqlNameOf(pass: Pass, name: string, { ctes }: Surroundings): string {
  if (!isAscii(name)) return newName(pass)
  const lower = name.toLowerCase()
  const isTable = Object.keys(pass.graph.tables).some((known) => known.toLowerCase() === lower)
  return isTable || isAround(ctes, lower) ? newName(pass) : name
}

function isAround(ctes: CteList, lower: string): boolean {
  for (let at = ctes; at !== null; at = at.next) if (at.cte.name.toLowerCase() === lower) return true
  return false
}

function selectOf({ name, expression }: CommonTableExpressionNode): SelectQueryNode {
  if (expression.kind === 'SelectQueryNode') return expression as SelectQueryNode
  throw refused(
    `${expression.kind} in the CTE "${tableName(name.table)}"`,
    'a write is a statement of its own, with its own checks',
    'Run it before, and select its rows',
  )
}

function renamed(outputs: readonly Output[], columns: readonly string[] | undefined): readonly Output[] {
  if (columns === undefined) return outputs
  if (columns.length !== outputs.length) {
    throw refused(
      'The column list of a CTE',
      `it names ${columns.length} of ${outputs.length} columns`,
      'Name as many columns as it selects',
    )
  }
  return outputs.map((output, at) => ({ ...output, name: columns[at] as string }))
}
