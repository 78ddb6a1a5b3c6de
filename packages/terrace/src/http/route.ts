import { shapeOf } from '../dto/index.ts'
import type { ShapeSource } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import { expectedBy } from './conditions.ts'
import type { Expected } from './conditions.ts'
import { isContent } from './content.ts'
import { declarationError } from './declaration-error.ts'
import { checkUsables } from './dependency.ts'
import type { Idempotency } from './idempotency/idempotency-key.ts'
import { hasDistinctNames, isPathPattern, pathNames } from './path-pattern.ts'
import { shapePath, textPath } from './path-values.ts'
import { shapeQuery } from './query-values.ts'
import { Reply } from './reply.ts'
import { methods } from './route-facts.ts'
import type { Method, Responses, Route, RouteAnswer, RouteCall } from './route-facts.ts'
import type { Declared, DeclaredResponses, HandlerInput, RouteDeclaration, RoutePattern } from './route-types.ts'

/**
 * Declares a route by hand. The types of what the handler gets and gives follow from the shapes.
 *
 * ```ts
 * const register = route('POST /auth/register', {
 *   summary: 'Register a device',
 *   body: shape({ deviceId: uuid() }),
 *   responses: { 201: shape({ token: text() }) },
 *   use: { devices: DeviceService },
 *   handler: ({ body, use }) => use.devices.register(body.deviceId),
 * })
 * ```
 *
 * The request's unit of work commits when the handler returns and rolls back when it throws. `APP_DECLARATION` for a
 * pattern, parameters or statuses that cannot be.
 */
export function route<P extends RoutePattern, D extends RouteDeclaration>(
  pattern: P,
  declaration: Declared<P, D>,
): Route {
  const { method, path } = readPattern(pattern)
  const { params, query, body, use } = declaration
  const responses = shapesOf(declaration.responses)
  checkParams(pattern, params?.fields)
  checkUsables(`route('${pattern}')`, use ?? {})
  const status = defaultStatus(pattern, Object.keys(responses).map(Number))
  checkBodiless(pattern, responses)
  const { precondition = null } = declaration
  const handler = declaration.handler as (input: HandlerInput<P, RouteDeclaration>) => unknown
  const run = (call: RouteCall, expected?: Expected): unknown => handler(inputOf<P>(call, expected))
  return Object.freeze({
    kind: 'route',
    method,
    path,
    summary: declaration.summary,
    description: declaration.description ?? null,
    operationId: declaration.name ?? null,
    model: null,
    operation: null,
    auth: declaration.auth ?? null,
    roles: declaration.roles ?? [],
    params: params === undefined ? textPath(path) : shapePath(params),
    query: query === undefined ? null : shapeQuery(query),
    body: body === undefined ? null : shapeOf<ShapeSource>(body),
    responses,
    isPaged: false,
    readShape: null,
    errors: declaration.errors ?? [],
    deprecated: declaration.deprecated ?? null,
    repeatable: declaration.repeatable ?? false,
    ...(use === undefined ? {} : { use: Object.freeze({ ...use }) }),
    tagged: declaration.etag === true ? 'bytes' : null,
    precondition: declaration.precondition ?? null,
    idempotency: idempotencyOf(pattern, { method, responses, said: declaration.idempotency ?? null }),
    handler: async (call: RouteCall) => answerOf(await asExpected(call, precondition, run), status, pattern),
  } satisfies Route)
}

function readPattern(pattern: string): { readonly method: Method; readonly path: string } {
  const [method = '', path = '', ...rest] = pattern.split(' ')
  const known = methods.find((name) => name === method)
  if (known !== undefined && rest.length === 0 && isPathPattern(path) && hasDistinctNames(path))
    return { method: known, path }
  throw declarationError({
    where: `route('${pattern}')`,
    problem: 'this is not a method and a path',
    remedy: `Write one of ${methods.join(', ')}, a blank, and a path such as /products/:id without a slash at its end`,
  })
}

function checkParams(pattern: string, fields: ReadonlyMap<string, unknown> | undefined): void {
  if (fields === undefined) return
  const names = pathNames(pattern)
  if (fields.size === names.length && names.every((name) => fields.has(name))) return
  throw declarationError({
    where: `route('${pattern}')`,
    problem: `its path has the parameters [${names.join(', ')}], its params [${[...fields.keys()].join(', ')}]`,
    remedy: 'Name the same parameters in both',
  })
}

function shapesOf(declared: DeclaredResponses): Responses {
  const entries = Object.entries<DeclaredResponses[number]>(declared)
  return Object.freeze(
    Object.fromEntries(
      entries.map(([status, source]) => [status, source === null || isContent(source) ? source : shapeOf(source)]),
    ),
  )
}

/** RFC 9110: an answer of these statuses has no body, so a client would never see the value. */
function checkBodiless(pattern: string, responses: Responses): void {
  const status = [204, 205].find((bodiless) => (responses[bodiless] ?? null) !== null)
  if (status === undefined) return
  throw declarationError({
    where: `route('${pattern}')`,
    problem: `its answer ${status} has a value, which is never sent`,
    remedy: `Declare ${status}: null, or answer 200`,
  })
}

/** The status of a value returned without `reply()`: the only one declared. */
function defaultStatus(pattern: string, statuses: readonly number[]): number | null {
  if (statuses.length > 0 && statuses.every((status) => status >= 200 && status <= 299))
    return statuses.length === 1 ? (statuses[0] as number) : null
  throw declarationError({
    where: `route('${pattern}')`,
    problem: `its responses are declared for [${statuses.join(', ')}]`,
    remedy: 'Declare at least one status from 200 to 299; every other answer is a thrown error',
  })
}

interface Repeated {
  readonly method: Method
  readonly responses: Responses
  readonly said: Idempotency | 'off' | null
}

/** A GET does nothing that could be done twice; what is sent in pieces is nowhere whole to be kept. */
function idempotencyOf(pattern: string, { method, responses, said }: Repeated): Idempotency | null {
  const isUnkept = Object.values(responses).some((shape) => shape?.kind === 'content')
  if (said === null) return !isUnkept && (method === 'POST' || method === 'PATCH') ? 'optional' : null
  if (said === 'off') return null
  if (method !== 'GET' && !isUnkept) return said
  throw declarationError({
    where: `route('${pattern}')`,
    problem: `it takes an idempotency-key, and ${isUnkept ? 'answers content, which is not kept' : 'changes nothing'}`,
    remedy: "Leave idempotency out, or say idempotency: 'off'",
  })
}

/** `PRECONDITION_DROPPED` where the handler has asked for nothing of what the request expects. */
async function asExpected(
  call: RouteCall,
  precondition: 'optional' | 'required' | null,
  run: (call: RouteCall, expected?: Expected) => unknown,
): Promise<unknown> {
  if (precondition === null) return run(call)
  const { expected, wasDropped } = expectedBy(call.conditions, precondition === 'required')
  const result = await run(call, expected)
  if (wasDropped()) throw errors.PRECONDITION_DROPPED({ values: { where: `The handler at ${call.path}` } })
  return result
}

function inputOf<P extends string>(call: RouteCall, expected?: Expected): HandlerInput<P, RouteDeclaration> {
  const { params, query, body, use, actor, roles, headers, address } = call
  return {
    params,
    query: query ?? {},
    body,
    use,
    actor,
    roles,
    headers,
    expected,
    address,
    // Few handlers wait for anything that could be given up; the others do not pay for it.
    get signal() {
      return call.signal()
    },
  } as HandlerInput<P, RouteDeclaration>
}

function answerOf(result: unknown, status: number | null, pattern: string): RouteAnswer {
  if (result instanceof Reply)
    return { status: result.status, value: result.value, headers: result.headers, page: null }
  if (status !== null) return { status, value: result, headers: {}, page: null }
  throw new TypeError(`The handler of ${pattern} declares more than one status: answer with reply(status, value)`)
}
