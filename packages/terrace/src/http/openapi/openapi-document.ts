import type { ModelGraph } from '../../model/index.ts'
import type { ResponseStyle } from '../response-style.ts'
import type { ServerOptions } from '../server-options.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { WireContext } from '../wire-context.ts'
import { DocumentBooks } from './document-books.ts'
import type { ComponentsObject, OpenApiDocument, OpenApiInfo, OperationObject } from './openapi-types.ts'
import { operationOf } from './operation-of.ts'
import { templateOf } from './parameters.ts'
import { securitySchemes } from './security.ts'
import { shareParameters } from './shared-parameters.ts'
import type { SharedParameters } from './shared-parameters.ts'
import { tagObjects, tagOf } from './tags.ts'

/** What a document is made of; an `App` is one. */
export interface OpenApiFacts {
  readonly title: string
  readonly version: string
  readonly info?: OpenApiInfo
  readonly graph: ModelGraph
  readonly routes: readonly MountedRoute[]
  readonly responses: ResponseStyle
  readonly wire: WireContext
  /** Where requests are counted may refuse them too. */
  readonly server?: Pick<ServerOptions, 'rateStore'>
}

/**
 * The whole surface of an app as one document of OpenAPI 3.1, which is also what `GET /openapi.json` answers. Pure; the same app
 * gives the same text.
 *
 * ```ts
 * const document = openApiDocument(app)
 * document.paths['/v1/products']?.['get']?.operationId // listProducts
 * ```
 */
export function openApiDocument(facts: OpenApiFacts): OpenApiDocument {
  const { title, version, info = {}, graph, routes, responses: style } = facts
  const books = new DocumentBooks(facts)
  const tag = tagOf(routes)
  const refusals = facts.server?.rateStore?.refusals ?? []
  const own = routes.map((route) =>
    operationOf({ ...route, errors: [...route.errors, ...refusals] }, { style, books, graph, tag }),
  )
  const { operations, parameters } = shareParameters(own)
  return {
    openapi: '3.1.1',
    info: { title, version, ...info },
    servers: [{ url: '/', description: 'Wherever this document was read from' }],
    tags: tagObjects(routes, tag, graph),
    paths: pathsOf(routes, operations),
    components: componentsOf(books, { routes, parameters }),
  }
}

function pathsOf(routes: readonly MountedRoute[], operations: readonly OperationObject[]): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, OperationObject>> = {}
  for (const [at, { path, method }] of routes.entries())
    (paths[templateOf(path)] ??= {})[method.toLowerCase()] = operations[at] as OperationObject
  return paths
}

function componentsOf(
  books: DocumentBooks,
  { routes, parameters }: Pick<OpenApiFacts, 'routes'> & Pick<SharedParameters, 'parameters'>,
): ComponentsObject {
  const parts = {
    schemas: books.schemas.schemas,
    parameters,
    responses: books.responses,
    headers: books.allHeaders,
    securitySchemes: securitySchemes(routes),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, entries]) => Object.keys(entries).length > 0))
}
