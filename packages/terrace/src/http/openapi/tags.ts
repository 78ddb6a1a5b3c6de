import type { ModelGraph } from '../../model/index.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { TagObject } from './openapi-types.ts'

/** The tag of each route: its model's name, or where it stands among the others. */
export type TagOf = (route: MountedRoute) => string

/**
 * A derived route has its model's. A route by hand has that of the resource below whose path it stands
 * (`/v1/food-entries/summary` → `FoodEntry`), else the first segment of its path that is no version (`/v1/auth/register` → `Auth`).
 */
export function tagOf(routes: readonly MountedRoute[]): TagOf {
  const resources = routes
    .flatMap(({ model, path, operation }) =>
      model === null || operation === null ? [] : [{ name: model.name, path: basePath(path) }],
    )
    .toSorted((one, other) => other.path.length - one.path.length)
  return ({ model, path }) => {
    if (model !== null) return model.name
    const around = resources.find((resource) => path.startsWith(`${resource.path}/`))
    return around?.name ?? segmentTag(path)
  }
}

/** The tags of a document, in the order of their first routes. */
export function tagObjects(routes: readonly MountedRoute[], tag: TagOf, graph: ModelGraph): readonly TagObject[] {
  return [...new Set(routes.map(tag))].map((name) => ({
    name,
    description: graph.models[name]?.describe ?? `Everything about ${name}.`,
  }))
}

function basePath(path: string): string {
  const at = path.indexOf('/:')
  return at === -1 ? path : path.slice(0, at)
}

function segmentTag(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && !segment.startsWith(':'))
  const first = segments.find((segment) => !/^v[0-9]+$/.test(segment)) ?? 'General'
  return first
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
