import type { UnlimitedTable } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'

/** `RLS_MISSING`, a line for each. */
export function policiesMissing(problems: readonly UnlimitedTable[]): Error {
  const list = problems
    .map(policyLine)
    .map((line) => `- ${line}`)
    .join('\n')
  return errors.RLS_MISSING({ values: { count: problems.length, list } })
}

/** `products: it has no policy rls_products_all` */
export function policyLine({ table, problem, remedy }: UnlimitedTable): string {
  return `${table}: ${problem}${remedy === null ? '' : `. ${remedy}`}`
}
