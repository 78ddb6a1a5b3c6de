import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TerraceError } from '../../errors/index.ts'
import type { FileProblem } from './file-problem.ts'
import { migrationProblems } from './migration-problems.ts'
import type { Migration } from './migration.ts'

/** What a revision's file exports by default, or why it cannot be used. */
export async function readRevisionFile(file: string): Promise<Migration | readonly FileProblem[]> {
  let exported: unknown
  try {
    exported = await defaultExport(file)
  } catch (cause) {
    return [{ file, ...importProblem(cause) }]
  }
  if (exported === undefined)
    return [{ file, problem: 'it has no default export', remedy: 'Write: export default migration({ … })' }]
  const problems = migrationProblems(exported)
  return problems.length === 0 ? (exported as Migration) : problems.map((problem) => ({ file, ...problem }))
}

/** By what is in it: a process that has read it before reads it again when it has changed. */
async function defaultExport(file: string): Promise<unknown> {
  const path = resolve(file)
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  const url = pathToFileURL(path)
  url.search = `?${hash.slice(0, 16)}`
  const module = (await import(/* @vite-ignore */ url.href)) as { readonly default?: unknown }
  return withoutWrapping(module.default)
}

/** What is compiled to CommonJS has its default export within the one that Node makes. */
function withoutWrapping(exported: unknown): unknown {
  const isWrapped = typeof exported === 'object' && exported !== null && '__esModule' in exported
  return isWrapped ? (exported as { readonly default?: unknown }).default : exported
}

function importProblem(cause: unknown): Omit<FileProblem, 'file'> {
  if (isRefused(cause)) return { problem: `migration() refuses it: ${listOf(cause)}`, remedy: 'Correct what it says' }
  const words = cause instanceof Error ? `${cause.name}: ${cause.message.split('\n', 1)[0]}` : String(cause)
  return { problem: `it cannot be loaded (${words})`, remedy: 'Correct it, or restore it from version control', cause }
}

/** By its code: the file may have loaded the library from another place than this. */
function isRefused(cause: unknown): cause is Pick<TerraceError, 'values'> {
  return cause instanceof Error && (cause as Partial<TerraceError>).code === 'MIGRATION_FILE'
}

function listOf({ values }: Pick<TerraceError, 'values'>): string {
  return String(values['list']).replaceAll('\n', ' ')
}
