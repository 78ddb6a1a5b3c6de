import type { JsonSchema, Shape } from '../../dto/index.ts'
import type { DeclarationProblem } from '../declaration-error.ts'
import type { MountedRoute } from '../route-facts.ts'

/**
 * Names of shapes that cannot be those of schemas: two that differ under one name would be one schema in the documentation, and one
 * type in whatever is generated from it.
 */
export function shapeNameProblems(routes: readonly MountedRoute[]): readonly DeclarationProblem[] {
  const known = new Map<string, Known>()
  return routes.flatMap((route) =>
    shapesOf(route).flatMap(({ name, schema }) => {
      if (!/^[A-Za-z0-9._-]+$/.test(name)) return [impossible(route, name)]
      const text = JSON.stringify(schema)
      const first = known.get(name)
      if (first === undefined) known.set(name, { text, route })
      return first === undefined || first.text === text ? [] : [different(route, name, first.route)]
    }),
  )
}

interface Known {
  readonly text: string
  readonly route: MountedRoute
}

interface Named {
  readonly name: string
  readonly schema: JsonSchema
}

function shapesOf({ body, responses }: MountedRoute): readonly Named[] {
  const answered = Object.values(responses).flatMap((shape) =>
    shape === null || shape.kind === 'content' ? [] : namedIn(shape),
  )
  return [...(body === null ? [] : namedIn(body)), ...answered]
}

function namedIn(shape: Shape): readonly Named[] {
  const own = shape.name === null ? [] : [{ name: shape.name, schema: shape.schema }]
  if (shape.kind === 'list') return namedIn(shape.item)
  if (shape.kind === 'foreign') return own
  return [
    ...own,
    ...[...shape.fields.values()].flatMap((field) => (field.kind === 'nested' ? namedIn(field.shape) : [])),
  ]
}

function impossible(route: MountedRoute, name: string): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `its shape is named '${name}', which no schema can be`,
    remedy: 'Name it by letters, digits, dots, hyphens and underscores',
  }
}

function different(route: MountedRoute, name: string, first: MountedRoute): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `its shape ${name} differs from that of the same name at ${nameOf(first)}`,
    remedy: 'Use the same shape in both, or give one of them a name of its own',
  }
}

function nameOf({ method, path }: MountedRoute): string {
  return `${method} ${path}`
}
