import { errors, issueText, TerraceError } from '../errors/index.ts'
import type { StatementResult } from '../database/index.ts'
import type { CompiledStatement, DaoContext, Eventually } from './dao-context.ts'
import type { Written } from './missing-reference.ts'
import { missingReference } from './missing-reference.ts'

/**
 * Runs an INSERT or UPDATE of rows whose references were asked for before, as far as the scope limits them.
 *
 * Not every engine names the foreign key that it refuses. Then the references that were not asked for are looked up, so that
 * `REFERENCE_MISSING` has the same fields on every engine; they stay empty for a foreign key that no model declares.
 */
export function runWrite(
  context: DaoContext,
  statement: CompiledStatement,
  written: Written,
): Eventually<StatementResult> {
  let result: Eventually<StatementResult>
  try {
    result = context.executor.run(statement, written.values)
  } catch (error) {
    return rejected(context, error, { statement, written })
  }
  if (!(result instanceof Promise)) return result
  return result.catch((error: unknown) => rejected(context, error, { statement, written }))
}

interface Refused {
  readonly statement: CompiledStatement
  readonly written: Written
}

async function rejected(context: DaoContext, error: unknown, { statement, written }: Refused): Promise<never> {
  if (!(error instanceof TerraceError) || !isNamelessReference(error)) throw error
  const reference = await missingReference(context, statement, written)
  if (reference === null) throw error
  const { columns: fields, target } = reference
  const issues = fields.map((field) => ({
    in: 'row' as const,
    path: `/${field}`,
    ...issueText('reference', { target }),
  }))
  const values = { model: context.plan.name, fields: fields.join(', '), target }
  throw errors.REFERENCE_MISSING({ values, fields, issues, cause: error.cause })
}

/** An engine that gave a name has told all: the foreign key is another program's. */
function isNamelessReference({ code, fields, cause }: TerraceError): boolean {
  if (code !== 'REFERENCE_MISSING' || fields.length > 0) return false
  return (cause as { readonly constraint?: unknown } | undefined)?.constraint === null
}
