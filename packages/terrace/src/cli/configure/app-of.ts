import { resolve } from 'node:path'
import type { App } from '../../app/index.ts'
import { errors, TerraceError } from '../../errors/index.ts'
import { isApp } from './config-problems.ts'
import { importModule, wordsOf } from './import-module.ts'
import type { LoadedConfig } from './load-config.ts'

/** The app that a module exports, by default or as `app`, or that the configuration has; null where nothing says which. `CLI_CONFIG`. */
export async function appIfAnyOf(loaded: LoadedConfig, given: string | undefined, cwd: string): Promise<App | null> {
  if (given === undefined) return configuredApp(loaded)
  const module = await importModule(resolve(cwd, given), given)
  const found = [module['default'], module['app']].find(isApp)
  if (found !== undefined) return found
  const remedy = 'Export what createApp({ … }) returned: by default, or as `app`'
  throw errors.CLI_CONFIG({ values: { file: given, problem: 'it exports no app', remedy } })
}

async function configuredApp({ config: { app }, file }: LoadedConfig): Promise<App | null> {
  const refused = (problem: string, remedy: string, cause?: unknown): TerraceError =>
    errors.CLI_CONFIG({ values: { file: file ?? 'terrace.config.ts', problem, remedy }, cause })
  const found: unknown = typeof app === 'function' ? await called(app, refused) : app
  if (found === undefined) return null
  if (isApp(found)) return found
  throw refused('its "app" gives no app', `Return what createApp({ … }) returned: ${shortest}`)
}

const shortest = "() => import('./src/app.ts').then(({ app }) => app)"

async function called(
  app: () => unknown,
  refused: (problem: string, remedy: string, cause: unknown) => TerraceError,
): Promise<unknown> {
  try {
    return await app()
  } catch (error) {
    if (error instanceof TerraceError) throw error
    throw refused(`its "app" failed: ${wordsOf(error)}`, 'Correct it there', error)
  }
}
