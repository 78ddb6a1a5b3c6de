import { loadSettings } from '../config/index.ts'
import { declarationError } from '../http/index.ts'
import type { App } from './create-app.ts'

/** Where an app finds its database and where it is found. */
export interface Address {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
}

const settingNames = { databaseUrl: 'DATABASE_URL', host: 'HOST', port: 'PORT' } as const satisfies Record<
  keyof Address,
  string
>

/**
 * What is given, else what the app's settings of the names `DATABASE_URL`, `HOST` and `PORT` say. `SETTINGS_INVALID` for
 * values that are wrong, `APP_DECLARATION` for one that stands nowhere.
 */
export function readAddress({ settings }: App, given: Partial<Address>): Address {
  const declared: Readonly<Record<string, unknown>> = settings === null ? {} : loadSettings(settings)
  const valueOf = <K extends keyof Address>(key: K): Address[K] => {
    const value = given[key] ?? (declared[settingNames[key]] as Address[K] | undefined)
    if (value !== undefined) return value
    throw declarationError({
      where: 'serve(app)',
      problem: `there is no ${key}`,
      remedy: `Give it, or declare ${settingNames[key]} in the app's settings`,
    })
  }
  return { databaseUrl: valueOf('databaseUrl'), host: valueOf('host'), port: valueOf('port') }
}
