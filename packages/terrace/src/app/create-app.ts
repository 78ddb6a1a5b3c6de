import type { Settings } from '../config/index.ts'
import type { WireNames } from '../dto/index.ts'
import type { DeclaredError } from '../errors/index.ts'
import { declarationError, dependencyProblems, envelope, mountRoutes, serverOptionProblems } from '../http/index.ts'
import type {
  Authentication,
  DeclarationProblem,
  Method,
  MountedRoute,
  OpenApiInfo,
  ResponseStyle,
  RouteTrees,
  ServerOptions,
  ServerPlugin,
  WireContext,
} from '../http/index.ts'
import { graphOf } from '../model/index.ts'
import type { AccessFact, BoundModel, ModelGraph } from '../model/index.ts'
import { errorCodeProblems } from './error-code-problems.ts'
import { countProblems } from './count-problems.ts'
import { serverOptionsIn } from './server-options-in.ts'

export interface AppOptions extends ServerOptions {
  readonly title: string
  readonly version: string
  /** What is said of it in its documentation: a description, a contact, a licence. */
  readonly info?: OpenApiInfo
  /**
   * Who may read `/openapi.json`: whom an authentication knows, or with false nobody. Default everybody. Behind an authentication
   * there is no `/docs`.
   */
  readonly openapi?: Authentication | false
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
  /**
   * What is read from the environment at start: `serve` takes `DATABASE_URL`, `HOST`, `PORT`, `DEBUG`, `CORS_ORIGINS`,
   * `METRICS_PORT`, `METRICS_TOKEN` and `APP_SECRET` from it.
   */
  readonly settings?: Settings
  /** How every answer is written. Default `envelope`. */
  readonly responses?: ResponseStyle
  /**
   * How names travel: `camel` (default) as they are in code, `snake` for `created_at`, in bodies, queries, the parts of the
   * response style and the documentation alike.
   */
  readonly wire?: WireNames
  /**
   * What `defineErrors({ … })` returned, for the check that no code has two meanings; those that routes declare are checked
   * in any case.
   */
  readonly errors?: Readonly<Record<string, DeclaredError>>
  /** As a list, or under names; a route by hand is named by its own. */
  readonly routes: RouteTrees
  /**
   * The plain Fastify instance, for its plugins and for routes outside the layers, after the app's own hooks and before its routes.
   * Their errors are answered in the app's style; the log names them at start.
   */
  readonly fastify?: ServerPlugin
}

/** An app as a value: everything that it is, nothing that runs. */
export interface App {
  readonly title: string
  readonly version: string
  readonly info: OpenApiInfo
  /** Who may read `/openapi.json`; true: everybody. */
  readonly openapi: Authentication | boolean
  readonly models: Readonly<Record<string, BoundModel>>
  readonly graph: ModelGraph
  readonly settings: Settings | null
  readonly responses: ResponseStyle
  /** Each route at its full path with whoever may call it. */
  readonly routes: readonly MountedRoute[]
  /** What all routes have in common on the wire. */
  readonly wire: WireContext
  /** How its server meets the outside, unless the start says otherwise. */
  readonly server: ServerOptions
  readonly fastify: ServerPlugin | null
}

/**
 * Puts an app together: pure, frozen, loaded without touching anything. `serve(app)` runs it, `testClient(app)` calls it.
 *
 * `APP_DECLARATION` names every problem at once: a route that nobody is said to be allowed to call, two for one method and
 * path, two of one name, a model of another graph, rows of owners behind a public
 * route, dependencies that cannot be made, an error code with two meanings.
 */
export function createApp(options: AppOptions): App {
  const {
    title,
    version,
    info = {},
    openapi = true,
    models,
    settings = null,
    fastify = null,
    wire: names = 'camel',
  } = options
  const graph = graphOf(models)
  const { routes, problems, wire } = mountRoutes(options.routes, {
    names,
    keepsAnswers: options.idempotency !== undefined,
  })
  const { responses: style = envelope } = options
  const responses = style.inWire?.(names) ?? style
  const all = [
    ...problems,
    ...dependencyProblems(routes),
    ...errorCodeProblems(options.errors ?? {}, routes),
    ...serverOptionProblems(options, routes),
    ...keptAnswerProblems(options.idempotency, graph),
    ...countProblems(options.rateStore, routes, graph),
    ...routes.flatMap((route) => [...foreignModel(route, graph), ...ownerlessRoute(route)]),
  ]
  if (all.length > 0) throw declarationError(...all)
  const server = serverOptionsIn(options)
  return Object.freeze({
    title,
    version,
    info,
    openapi,
    models,
    graph,
    settings,
    responses,
    routes,
    wire,
    server,
    fastify,
  })
}

const longestKeepSeconds = 366 * 86_400

function keptAnswerProblems(idempotency: AppOptions['idempotency'], graph: ModelGraph): readonly DeclarationProblem[] {
  if (idempotency === undefined) return []
  const { keys, keepSeconds = 1 } = idempotency
  const where = 'idempotency'
  const isOwn = graph.models[keys?.name ?? ''] === keys?.fact && keys?.table === 'idempotency_keys'
  const isTime = Number.isInteger(keepSeconds) && keepSeconds >= 1 && keepSeconds <= longestKeepSeconds
  const remedy = 'Name IdempotencyKey: idempotencyKeys() in its graph, and give keys: models.IdempotencyKey'
  return [
    ...(isOwn ? [] : [{ where, problem: 'its keys are no model of the app that idempotencyKeys() gave', remedy }]),
    ...(isTime
      ? []
      : [
          {
            where,
            problem: `it keeps answers for ${keepSeconds} seconds`,
            remedy: 'Give a whole number, up to a year',
          },
        ]),
  ]
}

function foreignModel({ method, path, model }: MountedRoute, graph: ModelGraph): readonly DeclarationProblem[] {
  if (model === null || graph.models[model.name] === model) return []
  const problem = `the model ${model.name} is not one of the app's`
  return [{ where: `${method} ${path}`, problem, remedy: 'Make the service from the models that createApp is given' }]
}

/** Nobody is known on a public route, so every call would be refused: rows that belong to somebody need an authentication. */
function ownerlessRoute({ method, path, model, auth }: MountedRoute): readonly DeclarationProblem[] {
  if (model === null || auth.kind !== 'public' || !needsOwner(model.access, method)) return []
  const whose = model.access.kind === 'memberOf' ? 'the members of its group' : 'its owner'
  const problem = `anybody may call it, but a ${model.name} belongs to ${whose}`
  return [{ where: `${method} ${path}`, problem, remedy: 'Put it in a group whose auth is an authentication' }]
}

function needsOwner(access: AccessFact, method: Method): boolean {
  if (access.kind === 'owned') return access.read === 'owner' || method !== 'GET'
  if (access.kind === 'memberOf') return access.read !== 'everyone' || method !== 'GET'
  return access.kind === 'actor' || access.kind === 'ownedThrough'
}
