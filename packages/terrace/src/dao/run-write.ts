import { errors, TerraceError } from '../errors/index.ts'
import type { StatementResult } from '../database/index.ts'
import type { CompiledStatement, DaoContext, Eventually } from './dao-context.ts'

/**
 * Runs an INSERT or UPDATE of rows whose references were asked for before.
 *
 * Not every engine names the foreign key that it refuses. Then it is one that was not asked for: the owner's, stamped by the
 * session, or the only one there is; otherwise `REFERENCE_MISSING` keeps its fields empty.
 */
export function runWrite(
  context: DaoContext,
  statement: CompiledStatement,
  values: readonly unknown[],
): Eventually<StatementResult> {
  let result: Eventually<StatementResult>
  try {
    result = context.executor.run(statement, values)
  } catch (error) {
    throw withFields(context, error)
  }
  if (!(result instanceof Promise)) return result
  return result.catch((error: unknown) => {
    throw withFields(context, error)
  })
}

function withFields({ plan, executor }: DaoContext, error: unknown): unknown {
  if (!(error instanceof TerraceError) || error.code !== 'REFERENCE_MISSING' || error.fields.length > 0) return error
  const { references, access } = plan.fact
  const stamped = access.kind === 'owned' && executor.scope.kind === 'actor' ? access.column : null
  const reference = references.length === 1 ? references[0] : references.find(({ columns }) => columns[0] === stamped)
  if (reference === undefined) return error
  const { columns: fields, target } = reference
  const issues = fields.map((field) => ({
    in: 'row' as const,
    path: `/${field}`,
    code: 'REFERENCE',
    message: `refers to a ${target} that does not exist`,
  }))
  const values = { model: plan.name, fields: fields.join(', '), target }
  return errors.REFERENCE_MISSING({ values, fields, issues, cause: error.cause })
}
