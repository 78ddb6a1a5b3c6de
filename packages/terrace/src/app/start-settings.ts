import { loadSettings } from '../config/index.ts'
import { declarationError } from '../http/index.ts'
import type { DeclarationProblem } from '../http/index.ts'
import type { App } from './create-app.ts'

/** Where an app finds its database and where it is found. */
export interface Address {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
}

/** What an app is started with, from the call and from its settings. */
export interface StartSettings extends Address {
  readonly debug: boolean
  /** Null: the settings say nothing about it. */
  readonly corsOrigins: readonly string[] | null
  readonly metricsPort: number | null
  readonly metricsToken: string | null
  /** What the keys of the app are made from: `appKeys`. */
  readonly appSecret: string | null
}

interface Known {
  readonly name: string
  readonly declare: string
  readonly fits: (value: unknown) => boolean
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number'

/** The settings that a start takes where an app declares them. */
const known = {
  databaseUrl: { name: 'DATABASE_URL', declare: 'url()', fits: isText },
  host: { name: 'HOST', declare: 'text()', fits: isText },
  port: { name: 'PORT', declare: 'port()', fits: isNumber },
  debug: { name: 'DEBUG', declare: 'flag()', fits: (value) => typeof value === 'boolean' },
  corsOrigins: { name: 'CORS_ORIGINS', declare: 'list(origin())', fits: (value) => Array.isArray(value) },
  metricsPort: { name: 'METRICS_PORT', declare: 'port()', fits: isNumber },
  metricsToken: { name: 'METRICS_TOKEN', declare: 'text().secret()', fits: isText },
  appSecret: { name: 'APP_SECRET', declare: 'text().secret()', fits: isText },
} as const satisfies Record<keyof StartSettings, Known>

/**
 * What is given, else what the app's settings of the known names say. `SETTINGS_INVALID` for values that are wrong,
 * `APP_DECLARATION` for an address that stands nowhere and for a setting that is declared as something else.
 */
export function readStartSettings({ settings }: App, given: Partial<StartSettings>): StartSettings {
  const declared: Readonly<Record<string, unknown>> = settings === null ? {} : loadSettings(settings)
  const problems = Object.values(known).flatMap((setting) => misdeclared(setting, declared))
  if (problems.length > 0) throw declarationError(...problems)
  const read = <K extends keyof StartSettings>(key: K): StartSettings[K] | undefined =>
    given[key] ?? (declared[known[key].name] as StartSettings[K] | undefined)
  const required = <K extends keyof Address>(key: K): Address[K] => {
    const value = read(key)
    if (value === undefined) throw declarationError(missing(key))
    return value as Address[K]
  }
  return {
    databaseUrl: required('databaseUrl'),
    host: required('host'),
    port: required('port'),
    debug: read('debug') ?? false,
    corsOrigins: read('corsOrigins') ?? null,
    metricsPort: read('metricsPort') ?? null,
    metricsToken: read('metricsToken') ?? null,
    appSecret: read('appSecret') ?? null,
  }
}

function misdeclared(
  { name, declare, fits }: Known,
  declared: Readonly<Record<string, unknown>>,
): DeclarationProblem[] {
  if (declared[name] === undefined || fits(declared[name])) return []
  return [{ where: 'settings', problem: `${name} is declared as something else`, remedy: `Declare it as ${declare}` }]
}

function missing(key: keyof Address): DeclarationProblem {
  return {
    where: 'serve(app)',
    problem: `there is no ${key}`,
    remedy: `Give it, or declare ${known[key].name} in the app's settings`,
  }
}
