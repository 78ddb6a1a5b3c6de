import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { errors } from '../../errors/index.ts'
import type { TerraceConfig } from '../terrace-config.ts'
import { configProblems } from './config-problems.ts'
import { importModule } from './import-module.ts'

/** In the order in which they are looked for. */
export const configNames = [
  'terrace.config.ts',
  'terrace.config.mts',
  'terrace.config.js',
  'terrace.config.mjs',
] as const

export interface LoadedConfig {
  /** As it was found or given; null where there is none. */
  readonly file: string | null
  /** Its paths are from here: its own folder, or the working directory where there is none. */
  readonly folder: string
  readonly config: TerraceConfig
}

/** The configuration in a folder, or the one that is given; an empty one where there is none. `CLI_CONFIG`. */
export async function loadConfig(cwd: string, given: string | undefined): Promise<LoadedConfig> {
  const path = given === undefined ? foundIn(cwd) : resolve(cwd, given)
  if (path === null) return { file: null, folder: cwd, config: {} }
  const shown = given ?? basename(path)
  const { default: config } = await importModule(path, shown)
  const problem = configProblems(config)[0]
  if (problem !== undefined) throw errors.CLI_CONFIG({ values: { file: shown, ...problem } })
  return { file: shown, folder: dirname(path), config: config as TerraceConfig }
}

function foundIn(folder: string): string | null {
  const found = configNames.filter((name) => existsSync(resolve(folder, name)))
  const [first, second] = found
  if (first === undefined) return null
  if (second === undefined) return resolve(folder, first)
  const problem = `${second} is there beside it`
  throw errors.CLI_CONFIG({ values: { file: first, problem, remedy: 'Keep one, or say which: --config <file>' } })
}
