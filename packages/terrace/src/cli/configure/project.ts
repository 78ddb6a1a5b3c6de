import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { App } from '../../app/index.ts'
import { loadSettings, settings, url } from '../../config/index.ts'
import { errors } from '../../errors/index.ts'
import type { BoundModel } from '../../model/index.ts'
import type { TerraceConfig } from '../terrace-config.ts'
import { appIfAnyOf } from './app-of.ts'
import { areModels } from './config-problems.ts'
import { importModule } from './import-module.ts'
import { loadConfig, type LoadedConfig } from './load-config.ts'

export type BoundModels = Readonly<Record<string, BoundModel>>

/** What flags, environment and configuration say together. What a command does not ask for need not be there. */
export interface Project {
  readonly config: TerraceConfig
  /** Where the command was called. */
  readonly cwd: string
  readonly env: Surroundings['env']
  /** `CLI_MISSING`. */
  database(): string
  /** `CLI_MISSING`, `CLI_CONFIG`, `MODEL_DECLARATION`. */
  models(): Promise<BoundModels>
  /** The same, null where nothing says which. */
  modelsIfAny(): Promise<BoundModels | null>
  /** The app, loaded and not started. `CLI_MISSING`, `CLI_CONFIG`, `APP_DECLARATION`. */
  app(): Promise<App>
  /** Holds a folder for each engine. */
  readonly migrations: string
  hasMigrations(): boolean
  readonly backups: string
  readonly scratch: string | undefined
  /** A path that was given to the command. */
  path(given: string): string
  /** A path as it is told: from the working directory where it is below it. */
  shown(path: string): string
}

/** Flags that a command may have, and that say what it works on. */
export interface ProjectFlags {
  readonly config?: string | undefined
  readonly url?: string | undefined
  readonly models?: string | undefined
  readonly app?: string | undefined
  readonly migrations?: string | undefined
  readonly scratch?: string | undefined
}

export interface Surroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export async function openProject(flags: ProjectFlags, { cwd, env }: Surroundings): Promise<Project> {
  const loaded = await loadConfig(cwd, flags.config)
  const { config, folder } = loaded
  const appIfAny = (): Promise<App | null> => appIfAnyOf(loaded, flags.app, cwd)
  const modelsIfAny = async (): Promise<BoundModels | null> =>
    (await modelsOf(loaded, flags.models, cwd)) ?? (await appIfAny())?.models ?? null
  const migrations =
    flags.migrations === undefined ? resolve(folder, config.migrations ?? 'migrations') : resolve(cwd, flags.migrations)
  return {
    config,
    cwd,
    env,
    database: () => {
      const found = flags.url ?? databaseUrlIn({ cwd, env }) ?? config.database
      if (found !== undefined) return found
      throw missing(
        'a database',
        `Give --url <url>, DATABASE_URL, or database in ${loaded.file ?? 'terrace.config.ts'}`,
      )
    },
    modelsIfAny,
    models: async () => {
      const found = await modelsIfAny()
      if (found !== null) return found
      throw missing('models', `Give --models <module>, or models in ${loaded.file ?? 'terrace.config.ts'}`)
    },
    app: async () => {
      const found = await appIfAny()
      if (found !== null) return found
      throw missing('an app', `Give --app <module>, or app in ${loaded.file ?? 'terrace.config.ts'}`)
    },
    migrations,
    hasMigrations: () => existsSync(migrations),
    backups: resolve(folder, config.backups ?? 'backups'),
    scratch: flags.scratch ?? config.scratch,
    path: (given) => resolve(cwd, given),
    shown: (path) => {
      const below = relative(cwd, resolve(cwd, path))
      return below.startsWith('..') || isAbsolute(below) ? path : below
    },
  }
}

const databaseSetting = settings({ DATABASE_URL: url().default('') })

/** Read where an app that starts here would read it: the environment, then `.env.<ENV_TYPE>`, then `.env`. */
function databaseUrlIn({ cwd, env }: Surroundings): string | undefined {
  const found = loadSettings(databaseSetting, { environment: env, folder: cwd }).DATABASE_URL
  return found === '' ? undefined : found
}

async function modelsOf({ config }: LoadedConfig, given: string | undefined, cwd: string): Promise<BoundModels | null> {
  if (given === undefined) return config.models ?? null
  const module = await importModule(resolve(cwd, given), given)
  const found = [module['default'], module['models']].find(areModels)
  if (found !== undefined) return found as BoundModels
  const problem = 'it exports no models'
  const remedy = 'Export what graph({ … }) returned: by default, or as `models`'
  throw errors.CLI_CONFIG({ values: { file: given, problem, remedy } })
}

function missing(what: string, remedy: string): Error {
  return errors.CLI_MISSING({ values: { what, remedy } })
}
