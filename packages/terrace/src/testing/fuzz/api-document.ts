/** What of an OpenAPI 3.1 document says how to call an app. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, ApiSchema>> }
}

export interface ApiSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, ApiSchema>>
  readonly required?: readonly string[]
  readonly propertyNames?: ApiSchema
  readonly additionalProperties?: boolean | ApiSchema
  readonly items?: ApiSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly format?: string
  readonly anyOf?: readonly ApiSchema[]
  readonly oneOf?: readonly ApiSchema[]
  readonly allOf?: readonly ApiSchema[]
  readonly examples?: readonly unknown[]
}

export interface ApiParameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  /** `deepObject`: each property is sent as `name[property]`. */
  readonly style?: string
  readonly schema?: ApiSchema
}

/** One operation of the document, with what it refers to put in its place. */
export interface ApiOperation {
  readonly operationId: string
  readonly method: string
  /** `/v1/products/{id}` */
  readonly path: string
  readonly tag: string | null
  readonly parameters: readonly ApiParameter[]
  /** The schema of its JSON body; null where it reads none. */
  readonly body: ApiSchema | null
}

const methods = ['get', 'put', 'post', 'patch', 'delete']

export function operationsOf(document: ApiDocument): readonly ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => operationOf(document, { path, method, item, fact: item[method] as OperationFact })),
  )
}

interface OperationFact {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly (ApiParameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: ApiSchema }>> }
}

interface Place {
  readonly path: string
  readonly method: string
  readonly item: Readonly<Record<string, unknown>>
  readonly fact: OperationFact
}

function operationOf(document: ApiDocument, { path, method, item, fact }: Place): ApiOperation {
  const shared = (item['parameters'] ?? []) as NonNullable<OperationFact['parameters']>
  const given = [...shared, ...(fact.parameters ?? [])]
  return {
    operationId: fact.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    tag: fact.tags?.[0] ?? null,
    parameters: given.map((parameter) =>
      '$ref' in parameter ? (referred(document, parameter.$ref) as ApiParameter) : parameter,
    ),
    body: fact.requestBody?.content?.['application/json']?.schema ?? null,
  }
}

/** What a local reference, `#/components/schemas/Product`, points to. */
export function referred(document: ApiDocument, pointer: string): unknown {
  const steps = pointer.replace(/^#\//, '').split('/')
  let found: unknown = document
  for (const step of steps)
    found = (found as Readonly<Record<string, unknown>> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  if (found === undefined) throw new Error(`The document has nothing at ${pointer}`)
  return found
}
