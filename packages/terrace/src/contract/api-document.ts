import type { JsonSchema } from '../dto/index.ts'

/** What is read of a document of OpenAPI 3: more of it may be there. */
export interface ApiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly security?: Security
}

export type PathItem = Readonly<Record<string, unknown>>

export type Security = readonly Readonly<Record<string, readonly string[]>>[]

export interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly security?: Security
  readonly parameters?: readonly (Parameter | Reference)[]
  readonly requestBody?: RequestBody | Reference
  readonly responses?: Readonly<Record<string, Response | Reference>>
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly deprecated?: boolean
  readonly description?: string
  readonly schema?: Schema
  readonly style?: string
  readonly explode?: boolean
}

export interface RequestBody {
  readonly required?: boolean
  readonly content: Content
}

export interface Response {
  readonly description?: string
  readonly headers?: Readonly<Record<string, Header | Reference>>
  readonly content?: Content
}

export interface Header {
  readonly description?: string
  readonly required?: boolean
  readonly schema?: Schema
}

/** By media type. */
export type Content = Readonly<Record<string, { readonly schema?: Schema }>>

export interface Reference {
  readonly $ref: string
}

/** With the keywords that others' documents have besides. */
export interface Schema extends Omit<
  JsonSchema,
  'properties' | 'items' | 'prefixItems' | 'additionalProperties' | Combined
> {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly not?: Schema
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly uniqueItems?: boolean
  readonly maxProperties?: number
  readonly deprecated?: boolean
}

type Combined = 'anyOf' | 'oneOf' | 'allOf' | 'not'

/** In the order of OpenAPI. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
export type ApiMethod = (typeof methods)[number]

/** What a reference stands for, or the thing itself; null where it leads nowhere. Other documents are not read. */
export function resolved<T extends object>(document: ApiDocument, found: T | Reference): T | null {
  let node: unknown = found
  for (let steps = 0; steps < 100 && isReference(node); steps += 1) node = pointed(document, node.$ref)
  return isReference(node) || typeof node !== 'object' ? null : (node as T | null)
}

export function isReference(node: unknown): node is Reference {
  return typeof node === 'object' && node !== null && '$ref' in node && typeof node.$ref === 'string'
}

/** Each method of a path item, with the parameters that the path has in common. */
export function operationsOf(
  document: ApiDocument,
  item: PathItem,
): readonly (readonly [method: ApiMethod, operation: Operation])[] {
  const shared = (item['parameters'] ?? []) as NonNullable<Operation['parameters']>
  return methods.flatMap((method) => {
    const operation = item[method] as Operation | undefined
    if (operation === undefined) return []
    const own = operation.parameters ?? []
    const names = new Set(own.map((parameter) => parameterKey(document, parameter)))
    const inherited = shared.filter((parameter) => !names.has(parameterKey(document, parameter)))
    return [[method, { ...operation, parameters: [...inherited, ...own] }] as const]
  })
}

function parameterKey(document: ApiDocument, parameter: Parameter | Reference): string {
  const found = resolved<Parameter>(document, parameter)
  return `${found?.in} ${found?.name}`
}

function pointed(document: unknown, $ref: string): unknown {
  if (!$ref.startsWith('#/')) return null
  return $ref
    .slice(2)
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (node, key) =>
        typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? node[key as never] : null,
      document,
    )
}
