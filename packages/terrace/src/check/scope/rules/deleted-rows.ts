import type { Syntax } from '../../source/syntax.ts'
import type { PlaceRule, Visit } from '../place-rule.ts'
import { certaintyOf } from './values.ts'

const option = 'deleted'
const showsTrash = (value: unknown): boolean => value === 'with' || value === 'only'

/** `deleted: 'with'`, wherever the options are put together, and `deleted: mode` where the value is not known. */
export const deletedKey: PlaceRule = (visit) => {
  const { node, around, evaluator, at } = visit
  if (around.at(-1)?.type !== 'ObjectExpression' || isRow(visit)) return null
  const key = evaluator.keyOf(node, at)
  if (key !== option && key !== null) return null
  const certainty = certaintyOf(evaluator.values(node['value'] as Syntax, at), showsTrash)
  if (certainty === null) return null
  if (key === option) return { kind: 'deletedRows', certainty }
  // A computed name that is not known counts only beside a value that nothing else has.
  return certainty === 'is' ? { kind: 'deletedRows', certainty: 'may' } : null
}

/** `options.deleted = 'with'`. */
export const deletedAssignment: PlaceRule = ({ node, evaluator, at }) => {
  const left = node['left'] as Syntax
  if (left.type !== 'MemberExpression' || evaluator.keyOf(left, at) !== option) return null
  const certainty = certaintyOf(evaluator.values(node['right'] as Syntax, at), showsTrash)
  return certainty === null ? null : { kind: 'deletedRows', certainty }
}

/** Which arguments of a method are values of rows; a column may be called `deleted` too. */
const rowArguments: Readonly<Record<string, readonly number[]>> = {
  count: [0],
  create: [0],
  createMany: [0],
  deleteWhere: [0],
  exists: [0],
  find: [0],
  set: [0],
  update: [1],
  updateWhere: [0, 1],
  upsert: [0],
  values: [0],
}

/** Whether an object is one of a row or a condition: below such an argument, or below `where`. */
function isRow({ around, evaluator, at }: Visit): boolean {
  return around.some((outer, index) => {
    const inner = around[index + 1]
    if (inner === undefined) return false
    if (outer.type === 'Property') return outer['value'] === inner && evaluator.keyOf(outer, at) === 'where'
    if (outer.type !== 'CallExpression') return false
    const callee = outer['callee'] as Syntax
    const method = callee.type === 'MemberExpression' ? evaluator.keyOf(callee, at) : null
    const places = method === null || !Object.hasOwn(rowArguments, method) ? [] : rowArguments[method]
    return places?.includes((outer['arguments'] as readonly Syntax[]).indexOf(inner)) ?? false
  })
}
