import { existsSync, readFileSync } from 'node:fs'
import { errors } from '../../errors/index.ts'
import type { BackupManifest } from './backup-types.ts'

/** Beside the file, with `.json` in place of its ending. */
export function manifestFileOf(file: string, extension: string): string {
  return `${file.endsWith(extension) ? file.slice(0, -extension.length) : file}.json`
}

/** Null where there is none. `BACKUP_FILE` for one that cannot be read. */
export function readManifest(manifestFile: string): BackupManifest | null {
  if (!existsSync(manifestFile)) return null
  const found = parsed(manifestFile)
  const problem = problemOf(found)
  if (problem === null) return found as BackupManifest
  throw unusable(manifestFile, problem)
}

function parsed(manifestFile: string): unknown {
  try {
    return JSON.parse(readFileSync(manifestFile, 'utf8')) as unknown
  } catch (error) {
    throw unusable(manifestFile, error instanceof SyntaxError ? 'it is no JSON' : 'it cannot be read', error)
  }
}

function problemOf(found: unknown): string | null {
  const { format, engine, copy, structure, tables, file, server } = (found ?? {}) as Readonly<Record<string, unknown>>
  if (typeof format === 'number' && format > 1) return `its format ${format} is that of a newer version of Terrace`
  const texts = [engine, copy, structure, textIn(file, 'sha256'), textIn(server, 'version')]
  const isWhole = format === 1 && texts.every((text) => typeof text === 'string') && typeof tables === 'object'
  return isWhole && tables !== null ? null : 'it is no manifest of a backup'
}

function textIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function unusable(file: string, problem: string, cause?: unknown): Error {
  const remedy = 'Copy it again from where it is kept, or remove it: then nothing is compared'
  return errors.BACKUP_FILE({ values: { file, problem, remedy }, cause })
}
