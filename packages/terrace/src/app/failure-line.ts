import { TerraceError } from '../errors/index.ts'

/** Why the app does not run, on one line, and what to do about it. An error that nobody foresaw shows where it came from. */
export function failureLine(error: unknown): string {
  if (error instanceof TerraceError) return oneLine(`terrace: cannot start: ${error.message}. ${error.remedy}.`)
  return `terrace: cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** 3: the structure of the database was refused, which trying again does not change; 1: anything else. */
export function exitCodeOf(error: unknown): 1 | 3 {
  return error instanceof TerraceError && error.kind === 'structure' ? 3 : 1
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('..', '.')
}
