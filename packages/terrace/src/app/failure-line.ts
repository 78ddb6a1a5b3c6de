import { TerraceError } from '../errors/index.ts'

/**
 * Why the app does not run and what to do about it: one line, but for a refused structure, which has a line per difference.
 * An error that nobody foresaw shows where it came from.
 */
export function failureLine(error: unknown): string {
  if (error instanceof TerraceError) {
    const text = `terrace: cannot start: ${sentence(error.message)} ${sentence(error.remedy)}`
    return error.kind === 'structure' ? text : text.replaceAll(/\s*\n\s*/g, ' ')
  }
  return `terrace: cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** 3: the structure of the database was refused, which trying again does not change; 1: anything else. */
export function exitCodeOf(error: unknown): 1 | 3 {
  return error instanceof TerraceError && error.kind === 'structure' ? 3 : 1
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
