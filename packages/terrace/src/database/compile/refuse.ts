import { errors, type TerraceError } from '../../errors/index.ts'
import { nearestName } from '../../model/index.ts'

/** `SCOPE_REFUSED`: what was met, why it is not run, and what to write instead. */
export function refused(what: string, why: string, remedy: string): TerraceError {
  return errors.SCOPE_REFUSED({ values: { what, why, remedy } })
}

/** For the end of a message: `; did you mean kcal100g?`, or nothing. */
export function hintOf(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known)
  return nearest === null ? '' : `; did you mean ${nearest}?`
}
