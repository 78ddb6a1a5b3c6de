import { shapeOf } from '../dto/index.ts'
import type { Shape, ShapeSource } from '../dto/index.ts'
import { remoteError } from './remote-error.ts'
import type { CallInput, CallResult, Operation, OperationDeclaration, RemoteMethod } from './operation-types.ts'

/** A path such as `/v1/items/:id`. */
type Path = `/${string}`
type Declared<P extends string, D extends OperationDeclaration> = Operation<CallInput<P, D>, CallResult<D>>

/**
 * Declares what is asked of a source by GET; `post`, `put`, `patch` and `del` likewise.
 *
 * ```ts
 * get('/v1/items/:id', { query: shape({ currency: text().nullable() }), response: shape({ name: text(), price: decimal(10, 2) }) })
 * ```
 *
 * Called with `{ params: { id: '7' }, query: {} }`. `REMOTE_DECLARATION` for a path, parameters or a cache that cannot be.
 */
export function get<const P extends Path, const D extends OperationDeclaration>(
  path: P,
  declaration: D,
): Declared<P, D> {
  return operation('GET', path, declaration)
}

export function post<const P extends Path, const D extends OperationDeclaration>(
  path: P,
  declaration: D,
): Declared<P, D> {
  return operation('POST', path, declaration)
}

export function put<const P extends Path, const D extends OperationDeclaration>(
  path: P,
  declaration: D,
): Declared<P, D> {
  return operation('PUT', path, declaration)
}

export function patch<const P extends Path, const D extends OperationDeclaration>(
  path: P,
  declaration: D,
): Declared<P, D> {
  return operation('PATCH', path, declaration)
}

/** DELETE, whose name is a word of the language. */
export function del<const P extends Path, const D extends OperationDeclaration>(
  path: P,
  declaration: D,
): Declared<P, D> {
  return operation('DELETE', path, declaration)
}

function operation<P extends string, D extends OperationDeclaration>(
  method: RemoteMethod,
  path: P,
  declaration: D,
): Declared<P, D> {
  const problems = problemsOf(method, path, declaration)
  if (problems.length > 0) throw remoteError(`${method} ${path}`, problems)
  const { params, query, body, response } = declaration
  const shapes = Object.freeze({ params: made(params), query: made(query), body: made(body), response: made(response) })
  const plain: OperationDeclaration = declaration
  const frozen = Object.freeze({ ...plain })
  const declared: Operation = { kind: 'operation', method, path, declaration: frozen, shapes }
  return Object.freeze(declared) as Declared<P, D>
}

function made(source: ShapeSource | null | undefined): Shape | null {
  return source === undefined || source === null ? null : (shapeOf<ShapeSource>(source) as Shape)
}

const pathPattern = /^(\/|(\/(:[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9._~@-]+))+)$/

function problemsOf(
  method: RemoteMethod,
  path: string,
  { params, cache, body, headers = {} }: OperationDeclaration,
): readonly string[] {
  const names = pathNames(path)
  const declared = params === undefined ? names : [...params.fields.keys()]
  const isSame = declared.length === names.length && names.every((name) => declared.includes(name))
  return [
    ...(pathPattern.test(path) && !hasDots(path)
      ? []
      : ['this is no path: write segments of plain characters, or a :name that fills a segment']),
    ...(new Set(names).size === names.length ? [] : ['two parameters have one name']),
    ...(isSame ? [] : [`its path has the parameters [${names.join(', ')}], its params [${declared.join(', ')}]`]),
    ...(cache === undefined || method === 'GET' ? [] : ['it has a cache, which only GET may have']),
    ...(cache !== undefined && !isSpan(cache.ttlMs) ? ['cache.ttlMs is no number of milliseconds from 1'] : []),
    ...(body !== undefined && method === 'GET' ? ['it has a body, which GET has not'] : []),
    ...Object.keys(headers).flatMap((name) =>
      isOwnHeader(name) ? [`the header ${name} is given by the transport`] : [],
    ),
  ]
}

const isSpan = (ms: number): boolean => Number.isFinite(ms) && ms >= 1

const hasDots = (path: string): boolean => path.split('/').some((segment) => segment === '.' || segment === '..')

/** What the transport alone may say: two voices there would be two requests. */
const ownHeaders: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export function isOwnHeader(name: string): boolean {
  return ownHeaders.has(name.toLowerCase())
}

/** Names of the parameters of a path, in their order. */
export function pathNames(path: string): readonly string[] {
  return [...path.matchAll(/\/:([^/]+)/g)].map((match) => match[1] as string)
}
