import type { OperationNode, RawNode, ValueNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { literal } from './literals.ts'
import { unknownExpression } from './names.ts'
import { isUnscoped, type Expression, type Frame, type Pass } from './pass.ts'
import { constant } from './sql-nodes.ts'

/**
 * Raw SQL: only without a scope, its text as it is, its names those of the database (`sql.ref`, `sql.table`, `sql.id` map
 * nothing). Values in it are parameters; queries in it are compiled as elsewhere, so deleted rows stay out of those.
 *
 * Inside a scope Kysely's own fragments pass by their exact text: here `true`, which `onTrue()` writes.
 */
export function rawExpression(pass: Pass, node: RawNode, frame: Frame): Expression {
  if (isTrue(node)) return { node: constant(true), meaning: { kind: 'boolean' }, companion: null, isNeverNull: true }
  if (!isUnscoped(pass)) throw errors.SCOPE_RAW()
  pass.findings.columns += 1
  return unknownExpression(rawNode(pass, node, frame))
}

const isTrue = ({ sqlFragments, parameters }: RawNode): boolean =>
  sqlFragments.length === 1 && sqlFragments[0] === 'true' && parameters.length === 0

export function rawNode(pass: Pass, node: RawNode, frame: Frame): RawNode {
  return {
    kind: 'RawNode',
    sqlFragments: [...node.sqlFragments],
    parameters: node.parameters.map((part) => rawPart(pass, part, frame)),
  }
}

/** Parts of raw SQL that name something in the database, taken as they are. */
const names: ReadonlySet<OperationNode['kind']> = new Set([
  'IdentifierNode',
  'SchemableIdentifierNode',
  'ReferenceNode',
  'ColumnNode',
  'TableNode',
])

function rawPart(pass: Pass, node: OperationNode, frame: Frame): OperationNode {
  if (names.has(node.kind)) return node
  if (node.kind === 'RawNode') return rawNode(pass, node as RawNode, frame)
  if (node.kind === 'ValueNode') return rawValue(pass, node as ValueNode)
  return pass.expression(node, frame, null).node
}

/** Without a cast: whoever writes the SQL writes the types too. */
function rawValue(pass: Pass, node: ValueNode): OperationNode {
  if (node.immediate === true && typeof node.value === 'string') {
    throw errors.SCOPE_REFUSED({
      values: {
        what: 'sql.lit() of a text',
        why: 'a value in the text may end it',
        remedy: 'Write ${value}, which is a parameter',
      },
    })
  }
  const { node: compiled } = literal(pass, node, { kind: 'unknown' })
  return compiled.kind === 'CastNode'
    ? (compiled as unknown as { readonly expression: OperationNode }).expression
    : compiled
}
