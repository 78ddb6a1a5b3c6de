import { inWire, readOf } from '../dto/index.ts'
import type { ObjectShape, WireNames } from '../dto/index.ts'
import type { DeclarationProblem } from './declaration-error.ts'
import { deprecationHeaders, deprecationProblem } from './deprecation-headers.ts'
import { operationIdOf } from './operation-id.ts'
import type { MountedRoute, ResponseShape, Responses, Route, RouteGroup, RouteTree } from './route-facts.ts'
import { routeProblems } from './route-problems.ts'
import { treesOf } from './route-trees.ts'
import type { RouteTrees } from './route-trees.ts'
import type { WireContext } from './wire-context.ts'

export interface MountOptions {
  /** How names travel. Default `camel`. */
  readonly names?: WireNames
  /** Whether answers are kept to be given again. Default false: then no route takes an `idempotency-key`. */
  readonly keepsAnswers?: boolean
}

export interface Mounted {
  readonly routes: readonly MountedRoute[]
  readonly problems: readonly DeclarationProblem[]
  /** What all of them have in common on the wire. */
  readonly wire: WireContext
}

type Surroundings = Pick<RouteGroup, 'prefix' | 'auth' | 'deprecated'> & Pick<MountedRoute, 'roles'>

/** A route with what the groups around it say. */
type Placed = Omit<Route, 'roles'> & Pick<MountedRoute, 'roles'>

const nothingAround: Surroundings = { prefix: '', auth: null, roles: [], deprecated: null }

/** Every route at its full path with whoever may call it, and what stands against starting with them. */
export function mountRoutes(trees: RouteTrees, { names = 'camel', keepsAnswers = false }: MountOptions = {}): Mounted {
  const all = treesOf('routes', trees).flatMap((tree) => flattened(tree, nothingAround))
  const wire = { names, shapeOf: shapesOf(all) }
  const mounted = all.flatMap((route) =>
    route.auth === null
      ? []
      : [mountedIn(wire, { ...route, auth: route.auth, ...(keepsAnswers ? {} : { idempotency: null }) })],
  )
  return {
    routes: Object.freeze(mounted),
    wire,
    problems: [...routeProblems(all, mounted), ...(keepsAnswers ? [] : all.filter(needsKey).map(keepsNothing))],
  }
}

const needsKey = ({ idempotency }: Placed): boolean => idempotency === 'required'

function keepsNothing({ method, path }: Placed): DeclarationProblem {
  const problem = 'it needs an idempotency-key, and the app keeps no answers'
  return { where: `${method} ${path}`, problem, remedy: 'Give createApp idempotency: { keys: models.IdempotencyKey }' }
}

function flattened(tree: RouteTree, around: Surroundings): readonly Placed[] {
  const said = {
    auth: tree.auth ?? around.auth,
    roles: tree.roles.length > 0 ? [...around.roles, tree.roles] : around.roles,
    deprecated: tree.deprecated ?? around.deprecated,
  }
  if (tree.kind === 'route') return [Object.freeze({ ...tree, ...said, path: pathUnder(around.prefix, tree.path) })]
  return tree.routes.flatMap((inner) => flattened(inner, { ...said, prefix: `${around.prefix}${tree.prefix}` }))
}

/** A model leaves by the shape of its resource, also where its rows are included in others. */
function shapesOf(routes: readonly Placed[]): WireContext['shapeOf'] {
  const declared = new Map<string, ObjectShape>()
  for (const { model, readShape } of routes)
    if (model !== null && readShape !== null && !declared.has(model.name)) declared.set(model.name, readShape)
  return (model) => declared.get(model.name) ?? readOf(model)
}

function mountedIn(wire: WireContext, route: Placed & Pick<MountedRoute, 'auth'>): MountedRoute {
  const { body, query, responses, deprecated } = route
  return Object.freeze({
    ...route,
    operationId: route.operationId ?? operationIdOf(route),
    query: query === null ? null : query(wire),
    body: body === null ? null : inWire(body, wire.names),
    responses: responsesIn(wire, responses),
    headers: deprecated === null || deprecationProblem(deprecated) !== null ? null : deprecationHeaders(deprecated),
  })
}

function responsesIn({ names }: WireContext, responses: Responses): Responses {
  const entries = Object.entries(responses) as readonly (readonly [string, ResponseShape])[]
  const travelling = (shape: ResponseShape): ResponseShape =>
    shape === null || shape.kind === 'content' ? shape : inWire(shape, names)
  return Object.fromEntries(entries.map(([status, shape]) => [status, travelling(shape)]))
}

function pathUnder(prefix: string, path: string): string {
  return path === '/' || path === '' ? prefix || '/' : `${prefix}${path}`
}
