export { AppDependencies } from './app-dependencies.ts'
export type { DependencyParts } from './app-dependencies.ts'
export { anyOf, apiKeyHeader, authentication, authenticationsOf, bearer, publicAccess } from './authentication.ts'
export type {
  AnyOf,
  ApiKeyHeaderOptions,
  Auth,
  Authentication,
  AuthenticationOptions,
  BearerOptions,
  CredentialScheme,
  Identity,
  PublicAccess,
  SeenOptions,
  Verification,
} from './authentication.ts'
export type { Conditions, Expected, Precondition } from './conditions.ts'
export { content } from './content.ts'
export type { Content, ContentValue } from './content.ts'
export type { CorsOptions } from './cors.ts'
export { declarationError } from './declaration-error.ts'
export type { DeclarationProblem } from './declaration-error.ts'
export { appDatabase, caller, dependency, requestSession, requestSignal } from './dependency.ts'
export type {
  RequestCaller,
  Dependency,
  DependencyDeclaration,
  Lifetime,
  Needs,
  OnFinish,
  Usable,
  Used,
} from './dependency.ts'
export { dependencyProblems } from './dependency-problems.ts'
export { envelope } from './envelope.ts'
export { group } from './group.ts'
export type { GroupOptions } from './group.ts'
export { livingServices } from './service-lives.ts'
export type { LivingService } from './service-lives.ts'
export { HttpServer } from './http-server.ts'
export type { HttpServerParts, ListenOptions, StopOptions } from './http-server.ts'
export type { Idempotency } from './idempotency/idempotency-key.ts'
export type { IdempotencyOptions } from './idempotency/repeatable-requests.ts'
export type { InjectedRequest, InjectedResponse } from './injected.ts'
export type { KeyFor } from './key-for.ts'
export type { ListDefaults } from './list-query.ts'
export { createLog } from './log.ts'
export type { LogOptions, LogTarget } from './log.ts'
export { mountRoutes } from './mount-routes.ts'
export type { Mounted } from './mount-routes.ts'
export type { ServerPlugin } from './outside-routes.ts'
export type { OwnRequest, OwnRoute } from './own-routes.ts'
export { override } from './override.ts'
export type { Override } from './override.ts'
export { docsPackage, docsRoutes, hasDocsPackage } from './openapi/docs-routes.ts'
export { documentRoute } from './openapi/document-route.ts'
export type { DocumentRouteParts } from './openapi/document-route.ts'
export { openApiDocument } from './openapi/openapi-document.ts'
export type { OpenApiFacts } from './openapi/openapi-document.ts'
export type * from './openapi/openapi-types.ts'
export { plain } from './plain.ts'
export { problem } from './problem.ts'
export type { RateLimit } from '../rate/index.ts'
export type { Quota } from './quotas.ts'
export type { Caller, RateLimitOptions } from './rate-limits.ts'
export { secretNames } from './redaction/secret-names.ts'
export type { IsSecretName } from './redaction/secret-names.ts'
export type { RequestHeaders } from './headers-of.ts'
export type { RequestFacts } from './request-facts.ts'
export { Reply, reply } from './reply.ts'
export { resource } from './resource.ts'
export type { ResourceOptions } from './resource.ts'
export type { QueryParameter, QueryReader, QuerySource, Selection } from './query-values.ts'
export type { Operation } from './operations.ts'
export type { OperationOptions } from './resource-routes.ts'
export type { ResourceOperations, ResourceService } from './resource-service.ts'
export type { ReadShapes } from './resource-shapes.ts'
export type { Answer, PageInfo, Problem, ResponseStyle, SuccessFacts } from './response-style.ts'
export { route } from './route.ts'
export type {
  Deprecation,
  Method,
  MountedRoute,
  ResponseShape,
  Responses,
  Route,
  RouteAnswer,
  RouteCall,
  RouteGroup,
  RouteTree,
} from './route-facts.ts'
export type { RouteTrees } from './route-trees.ts'
export type { HandlerInput, HandlerResult, RouteDeclaration, RoutePattern } from './route-types.ts'
export type { WireContext } from './wire-context.ts'
export type { ServerLimits } from './server-limits.ts'
export { serverOptionProblems } from './server-option-problems.ts'
export type { ServerOptions } from './server-options.ts'
export { userRoutes } from './user-routes.ts'
export type { UserRoutesOptions } from './user-routes.ts'
