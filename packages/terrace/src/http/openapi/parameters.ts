import type { JsonSchema } from '../../dto/index.ts'
import type { QueryParameter } from '../query-values.ts'
import { pathNames } from '../path-pattern.ts'
import type { MountedRoute } from '../route-facts.ts'
import { columnExample } from './example-of.ts'
import { headerParameters } from './header-parameters.ts'
import type { ParameterObject } from './openapi-types.ts'

/** Everything that may stand in the URL of a route. */
export function parametersOf(route: MountedRoute): readonly ParameterObject[] {
  return [...pathParameters(route), ...(route.query?.parameters ?? []).map(queryParameter), ...headerParameters(route)]
}

/** `/products/:id` as OpenAPI writes it: `/products/{id}`. */
export function templateOf(path: string): string {
  return path.replaceAll(/\/:([^/]+)/g, '/{$1}')
}

function pathParameters({ path, params }: MountedRoute): readonly ParameterObject[] {
  return pathNames(path).map((name) => {
    const field = params?.fields?.find((known) => known.name === name)
    const common = { name, in: 'path', required: true } as const
    if (field === undefined) return { ...common, schema: { type: 'string', minLength: 1 } }
    const example = columnExample(field)
    return {
      ...common,
      ...(field.describe === null ? {} : { description: field.describe }),
      schema: askedSchema(field.schema),
      ...(example === null ? {} : { example: example.value }),
    }
  })
}

function queryParameter({ name, isRequired, schema, describe, isObject = false }: QueryParameter): ParameterObject {
  return {
    name,
    in: 'query',
    required: isRequired,
    ...(describe === null ? {} : { description: describe }),
    ...(isObject ? { style: 'deepObject', explode: true } : {}),
    schema: askedSchema(schema),
  }
}

/** A column that only leaves may be asked for all the same. */
function askedSchema(schema: JsonSchema): JsonSchema {
  const { readOnly: _readOnly, ...asked } = schema
  return asked.items === undefined ? asked : { ...asked, items: askedSchema(asked.items) }
}
