import type { OperationObject, ParameterObject, Reference } from './openapi-types.ts'

export interface SharedParameters {
  readonly operations: readonly OperationObject[]
  readonly parameters: Readonly<Record<string, ParameterObject>>
}

/** Operations in which a parameter that several have in common is a reference; without it a document grows by each list. */
export function shareParameters(operations: readonly OperationObject[]): SharedParameters {
  const shared = sharedByText(operations.flatMap(({ parameters = [] }) => parameters as readonly ParameterObject[]))
  const referred = (parameter: ParameterObject | Reference): ParameterObject | Reference => {
    const known = shared.get(JSON.stringify(parameter))
    return known === undefined ? parameter : { $ref: `#/components/parameters/${known.name}` }
  }
  const parameters = [...shared.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return {
    operations: operations.map((operation) =>
      operation.parameters === undefined ? operation : { ...operation, parameters: operation.parameters.map(referred) },
    ),
    parameters: Object.fromEntries(parameters.map(({ name, parameter }) => [name, parameter])),
  }
}

interface Counted {
  readonly name: string
  readonly parameter: ParameterObject
  count: number
}

/** By their texts, those that are there more than once; of several for one name the most frequent. */
function sharedByText(parameters: readonly ParameterObject[]): ReadonlyMap<string, Counted> {
  const counted = new Map<string, Counted>()
  for (const parameter of parameters) {
    const text = JSON.stringify(parameter)
    const known = counted.get(text) ?? { name: componentName(parameter), parameter, count: 0 }
    known.count++
    counted.set(text, known)
  }
  const best = new Map<string, string>()
  for (const [text, { name, count }] of counted) {
    const other = best.get(name)
    if (count > 1 && (other === undefined || count > (counted.get(other) as Counted).count)) best.set(name, text)
  }
  return new Map([...best.values()].map((text) => [text, counted.get(text) as Counted]))
}

/** `createdAt[gte]` → `CreatedAtGte`; of a path `PathId`. */
function componentName({ name, in: place }: ParameterObject): string {
  const words = [...(place === 'path' ? ['path'] : []), ...name.split(/[^A-Za-z0-9]+/)]
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
