import { issueText, TerraceError } from '../errors/index.ts'
import type { Issue } from '../errors/index.ts'
import type { ListShape, Shape } from '../dto/index.ts'
import { snakeCase } from '../model/index.ts'
import { RefusedItems } from '../service/index.ts'
import type { MountedRoute } from './route-facts.ts'

/** What of a route says how a column is called by whoever calls it. */
export type WireTerms = Pick<MountedRoute, 'body' | 'query' | 'responses' | 'model'>

/**
 * What a DAO refused, in the client's own words: properties as they were sent, or as they are answered. Columns that the client
 * neither sends nor sees are not named. `UNIQUE` gets an issue for each column of the rule that can be sent.
 */
export function inWireTerms(error: TerraceError, route: WireTerms | undefined): TerraceError {
  return error.cause instanceof RefusedItems ? itemsInTerms(error, error.cause, route) : rowInTerms(error, route)
}

/** What stands against each of many items, by its place in the body: `/items/3/kcal100g`. */
function itemsInTerms(error: TerraceError, { items }: RefusedItems, route: WireTerms | undefined): TerraceError {
  const shape = route?.body?.kind === 'object' ? route.body.fields.get('items') : undefined
  const isListed = shape?.kind === 'nested' && shape.shape.kind === 'list'
  const ofItem = isListed && route !== undefined ? { ...route, body: (shape.shape as ListShape).item } : route
  const issues = items.flatMap(({ at, error: refused }) => {
    const place = isListed ? `/${escaped(shape.key)}/${at}` : ''
    return issuesOf(rowInTerms(refused, ofItem)).map((issue) => ({ ...issue, path: `${place}${issue.path}` }))
  })
  return withIssues(error, issues)
}

/** The issues of an error, or the error itself as one. */
function issuesOf(error: TerraceError): readonly Issue[] {
  if (error.issues.length > 0) return error.issues
  return [{ in: 'body', path: '', code: error.code, message: error.messageIn('en'), zh: error.messageIn('zh') }]
}

function rowInTerms(error: TerraceError, route: WireTerms | undefined): TerraceError {
  const issues = error.issues.map((issue) => (issue.in === 'row' ? outsideIssue(issue, route) : issue))
  const unnamed = unnamedIn[error.code]
  if (unnamed === undefined || isOfAnother(error, route)) return withIssues(error, issues)
  const keys = error.fields.map((field) => keyOf(field, route))
  const fields = keys.includes(null) || keys.length === 0 ? unnamed : keys.join(', ')
  const taken = error.code === 'UNIQUE' ? takenIssues(error.fields, route) : []
  return withIssues(error, [...issues, ...taken], { ...error.values, fields })
}

/** Errors whose text names the columns of a row, and what stands there for those that the client does not know. */
const unnamedIn: Readonly<Record<string, string>> = { UNIQUE: 'unique value', REFERENCE_MISSING: 'a reference' }

/** A service may write rows of other models, whose columns only look like those of the route's own. */
function isOfAnother({ values }: TerraceError, route: WireTerms | undefined): boolean {
  return route !== undefined && route.model !== null && route.model.name !== values['model']
}

function withIssues(error: TerraceError, issues: readonly Issue[], values = error.values): TerraceError {
  if (issues.length === 0 && values === error.values) return error
  return new TerraceError(error.code, error.definition, values, {
    fields: error.fields,
    issues,
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  })
}

/** Of each column of the rule that can be sent: one that is only answered cannot be chosen otherwise. */
function takenIssues(fields: readonly string[], route: WireTerms | undefined): readonly Issue[] {
  const body = route?.body ?? null
  if (body === null) return []
  return fields.flatMap((field) => {
    const key = keyIn(body, field)
    return key === null ? [] : [takenIssue(key)]
  })
}

function takenIssue(key: string): Issue {
  return { in: 'body', path: `/${escaped(key)}`, ...issueText('taken') }
}

function outsideIssue(issue: Issue, route: WireTerms | undefined): Issue {
  const { path, code } = issue
  const [column = '', ...within] = path.split('/').slice(1)
  const key = keyOf(unescaped(column), route)
  const place = route === undefined || route.body !== null ? 'body' : 'query'
  if (path === '') return { ...issue, in: place }
  if (key === null) return { in: place, path: '', code, ...hiddenMessage }
  const inner = keysWithin(partOf(route?.body ?? null, unescaped(column)), within)
  return { ...issue, in: place, path: ['', escaped(key), ...inner].join('/') }
}

/** Rows that are sent within the row have properties of their own. */
function keysWithin(shape: Shape | null, segments: readonly string[]): readonly string[] {
  const [segment, ...more] = segments
  if (segment === undefined || shape === null || shape.kind === 'foreign') return segments
  if (shape.kind === 'list') return [segment, ...keysWithin(shape.item, more)]
  const key = keyIn(shape, unescaped(segment))
  // One that the client does not know is not named, nor anything in it.
  return key === null ? [] : [escaped(key), ...keysWithin(partOf(shape, unescaped(segment)), more)]
}

function partOf(shape: Shape | null, name: string): Shape | null {
  const field = shape?.kind === 'object' ? shape.fields.get(name) : undefined
  return field?.kind === 'nested' ? field.shape : null
}

const hiddenMessage = { message: 'leads to a value that breaks a rule', zh: '导致某个值违反规则' }

/** The property or the parameter by which a client knows a column; null where it does not. */
function keyOf(column: string, route: WireTerms | undefined): string | null {
  if (route === undefined) return column
  for (const shape of [route.body, ...Object.values(route.responses)]) {
    const key = shape === null ? null : keyIn(shape, column)
    if (key !== null) return key
  }
  const names = route.query?.parameters.map(({ name }) => [name, true])
  return sameName(column, names === undefined ? undefined : Object.fromEntries(names))
}

function keyIn(shape: NonNullable<WireTerms['responses'][number]>, column: string): string | null {
  if (shape.kind === 'object') return shape.fields.get(column)?.key ?? null
  return shape.kind === 'foreign' ? sameName(column, shape.schema.properties) : null
}

/** Shapes that Terrace did not derive know no columns: a name that is the same means the same. */
function sameName(column: string, known: object | undefined): string | null {
  return [column, snakeCase(column)].find((name) => known !== undefined && Object.hasOwn(known, name)) ?? null
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}
