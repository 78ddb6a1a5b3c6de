import type { JsonSchema } from '../../dto/index.ts'

/** The part of OpenAPI 3.1 that documents are written in. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1'
  readonly info: OpenApiInfo & { readonly title: string; readonly version: string }
  readonly servers: readonly { readonly url: string; readonly description?: string }[]
  readonly tags: readonly TagObject[]
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components: ComponentsObject
}

/** What is said about an app besides its title and version. */
export interface OpenApiInfo {
  /** CommonMark. */
  readonly description?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  /** `identifier` is one of SPDX; it or `url`, not both. */
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string }
  readonly termsOfService?: string
}

export interface TagObject {
  readonly name: string
  readonly description: string
}

export interface ComponentsObject {
  readonly schemas?: Readonly<Record<string, JsonSchema>>
  readonly parameters?: Readonly<Record<string, ParameterObject>>
  readonly responses?: Readonly<Record<string, ResponseObject>>
  readonly headers?: Readonly<Record<string, HeaderObject>>
  readonly securitySchemes?: Readonly<Record<string, SecuritySchemeObject>>
}

export interface OperationObject {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly deprecated?: true
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly (ParameterObject | Reference)[]
  readonly requestBody?: RequestBodyObject
  /** By status. */
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>
}

export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
  readonly example?: unknown
  readonly style?: 'form' | 'deepObject'
  readonly explode?: boolean
}

export interface RequestBodyObject {
  readonly required: true
  readonly content: Content
}

export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>
  readonly content?: Content
}

/** By media type. */
export type Content = Readonly<Record<string, MediaTypeObject>>

export interface MediaTypeObject {
  readonly schema: JsonSchema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>
}

export interface HeaderObject {
  readonly description: string
  readonly required: boolean
  readonly schema: JsonSchema
}

export type SecuritySchemeObject =
  | {
      readonly type: 'http'
      readonly scheme: string
      readonly bearerFormat?: string
      readonly description?: string
    }
  | { readonly type: 'apiKey'; readonly in: 'header'; readonly name: string; readonly description?: string }

export interface Reference {
  readonly $ref: string
}
