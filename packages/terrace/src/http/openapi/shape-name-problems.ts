import type { DeclarationProblem } from '../declaration-error.ts'
import type { MountedRoute } from '../route-facts.ts'
import { namedShapes } from './named-shapes.ts'
import type { NamedShape } from './named-shapes.ts'

/**
 * Names of shapes that cannot be those of schemas: two that differ under one name would be one schema in the documentation, and one
 * type in whatever is generated from it.
 */
export function shapeNameProblems(routes: readonly MountedRoute[]): readonly DeclarationProblem[] {
  const known = new Map<string, Known>()
  return routes.flatMap((route) =>
    namedShapes(route).flatMap((shape) => {
      const { name } = shape
      if (!/^[A-Za-z0-9._-]+$/.test(name)) return [impossible(route, name)]
      const first = known.get(name)
      if (first === undefined) known.set(name, { shape, route })
      return first === undefined || isSame(shape, first.shape) ? [] : [different(route, name, first.route)]
    }),
  )
}

interface Known {
  readonly shape: NamedShape
  readonly route: MountedRoute
}

function isSame(one: NamedShape, other: NamedShape): boolean {
  return one.answered === other.answered && one.sent === other.sent
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
