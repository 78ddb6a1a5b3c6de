import { errors, issueText, type Issue, type IssueText, type TerraceError } from '../errors/index.ts'
import { rowRuleViolation } from '../model/index.ts'
import type { CheckFact, ModelGraph } from '../model/index.ts'
import type { CompiledStatement } from './compile/compiled-statement.ts'
import { checkOf, modelOf, propertiesOf, referenceOf, rowRuleOf, uniqueFieldsOf } from './constraint-facts.ts'
import type { DriverError, DriverErrorKind } from './driver-error.ts'

/** Where a driver's error happened; `statement` is null for BEGIN, COMMIT and savepoints. */
export interface ErrorContext {
  readonly graph: ModelGraph
  readonly statement: CompiledStatement | null
}

/**
 * What a driver's error means to the domain, with the driver's error as its cause: a conflict with the fields of the rule
 * (`UNIQUE`, `RESTRICTED`), a value that breaks one (`VALIDATION`, `REFERENCE_MISSING`), a database that cannot at present
 * (`DATABASE_*`, `STORAGE_FULL`), or a defect (`DATABASE_FAILED`).
 */
export function domainErrorOf(error: DriverError, context: ErrorContext): TerraceError {
  return meanings[error.kind](error, context)
}

type Meaning = (error: DriverError, context: ErrorContext) => TerraceError

const retryAfterSeconds = 1

const busy: Meaning = (cause) => errors.DATABASE_BUSY({ values: { reason: cause.kind }, retryAfterSeconds, cause })
const failed: Meaning = (cause) => errors.DATABASE_FAILED({ values: { reason: cause.kind }, cause })
const invalid =
  (text: IssueText): Meaning =>
  (cause, context) =>
    valueError(cause, context, text)

const meanings = {
  unique: uniqueError,
  foreignKey: foreignKeyError,
  check: checkError,
  notNull: invalid(issueText('notNull')),
  tooLong: invalid(issueText('tooLong')),
  outOfRange: invalid(issueText('outsideColumn')),
  invalidValue: invalid(issueText('notOfColumn')),
  deadlock: busy,
  serialization: busy,
  lockTimeout: busy,
  busy,
  timeout: (cause) => errors.DATABASE_TIMEOUT({ retryAfterSeconds, cause }),
  connection: (cause) => errors.DATABASE_UNAVAILABLE({ retryAfterSeconds, cause }),
  readOnly: (cause) => errors.DATABASE_READ_ONLY({ retryAfterSeconds, cause }),
  diskFull: (cause) => errors.STORAGE_FULL({ retryAfterSeconds, cause }),
  permission: failed,
  rowPolicy: (cause, { statement }) =>
    errors.RLS_REFUSED({ values: { tables: statement?.tables.join(', ') ?? 'a table' }, cause }),
  missingObject: failed,
  other: failed,
} as const satisfies Record<DriverErrorKind, Meaning>

function uniqueError(cause: DriverError, context: ErrorContext): TerraceError {
  const model = modelOf(context.graph, cause, context.statement?.tables)
  if (model === null) return failed(cause, context)
  const fields = uniqueFieldsOf(model, cause)
  // No name and no columns: a unique rule of another program on the same table.
  const listed = fields.length === 0 ? 'unique value' : fields.join(', ')
  return errors.UNIQUE({ values: { model: model.name, fields: listed }, fields, cause })
}

function foreignKeyError(cause: DriverError, context: ErrorContext): TerraceError {
  const reference = referenceOf(context.graph, cause)
  if (reference === null) return unknownReference(cause, context)
  const { model, target, columns: fields } = reference
  const listed = fields.join(', ')
  if (context.statement?.operation === 'delete') {
    return errors.RESTRICTED({ values: { model: target, referrer: model, fields: listed }, fields, cause })
  }
  const issues = fields.map((field) => rowIssue(field, issueText('reference', { target })))
  return errors.REFERENCE_MISSING({ values: { model, fields: listed, target }, fields, issues, cause })
}

/** A foreign key that no model declares, or an engine that does not say which one: still the same outcome. */
function unknownReference(cause: DriverError, context: ErrorContext): TerraceError {
  const model = modelOfStatement(context) ?? modelOf(context.graph, cause)?.name ?? null
  if (model === null) return failed(cause, context)
  if (context.statement?.operation === 'delete') {
    return errors.RESTRICTED({ values: { model, referrer: 'another model', fields: 'unknown' }, cause })
  }
  return errors.REFERENCE_MISSING({ values: { model, fields: 'A reference', target: 'row' }, cause })
}

function modelOfStatement({ graph, statement }: ErrorContext): string | null {
  const table = statement?.tables[0]
  return table === undefined ? null : (graph.tables[table]?.name ?? null)
}

const textOfRule = {
  length: ({ min, max }) =>
    max === null ? issueText('lengthAtLeast', { min }) : issueText('lengthBetween', { min, max }),
  range: ({ min, max }) => {
    if (min === null) return issueText('atMost', { max })
    return max === null ? issueText('atLeast', { min }) : issueText('between', { min, max })
  },
  oneOf: ({ values }) => issueText('oneOf', { values: values.map((value) => JSON.stringify(value)).join(', ') }),
} as const satisfies {
  readonly [K in CheckFact['rule']['kind']]: (rule: Extract<CheckFact['rule'], { readonly kind: K }>) => IssueText
}

function checkError(cause: DriverError, context: ErrorContext): TerraceError {
  const model = modelOf(context.graph, cause, context.statement?.tables)
  const rowRule = model === null ? null : rowRuleOf(model, cause.constraint)
  if (rowRule !== null)
    return errors.VALIDATION({ fields: rowRule.columns, issues: [{ in: 'row', ...rowRuleViolation(rowRule) }], cause })
  const check = model === null ? null : checkOf(model, cause.constraint)
  if (check === null) return valueError(cause, context, issueText('breaksRule'))
  const textOf = textOfRule[check.rule.kind] as (rule: CheckFact['rule']) => IssueText
  const issues = [rowIssue(check.column, textOf(check.rule))]
  return errors.VALIDATION({ fields: [check.column], issues, cause })
}

function valueError(cause: DriverError, context: ErrorContext, text: IssueText): TerraceError {
  const model = modelOf(context.graph, cause)
  const columns = cause.columns ?? []
  const fields = model === null ? [] : propertiesOf(model, columns)
  // A column that no model has (another program's, NOT NULL without a default) is not the caller's mistake.
  if (model !== null && columns.length > 0 && fields.length === 0) return failed(cause, context)
  const issues = fields.map((field) => rowIssue(field, text))
  return errors.VALIDATION({ fields, issues: issues.length > 0 ? issues : [wholeRow(text)], cause })
}

const rowIssue = (field: string, text: IssueText): Issue => ({ in: 'row', path: `/${field}`, ...text })

const wholeRow = ({ code, message, zh }: IssueText): Issue => ({
  in: 'row',
  path: '',
  code,
  message: `A value ${message}`,
  zh: `某个值${zh}`,
})
