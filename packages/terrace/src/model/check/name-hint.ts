import { nearestName } from '../nearest-name.ts'

/** What to do about an unknown name: write the nearest known one, or else `otherwise`. */
export function nameHint(name: string, known: readonly string[], otherwise: string): string {
  const nearest = nearestName(name, known)
  return nearest === null ? otherwise : `Write ${nearest}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
