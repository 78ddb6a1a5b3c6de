import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { errors } from '../errors/index.ts'
import type { Setting } from './setting.ts'
import type { SettingDeclarations, Settings, SettingValues } from './settings.ts'

export interface SettingSources {
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Where `.env` and `.env.<ENV_TYPE>` are looked for. Default the working directory; `null` reads no file. */
  readonly folder?: string | null
}

/**
 * Reads the declared settings: the environment over `.env.<ENV_TYPE>` over `.env` over the declared default.
 *
 * `SETTINGS_INVALID` names everything that is wrong at once, with where it was read from and never a secret's value.
 */
export function loadSettings<D extends SettingDeclarations>(
  settings: Settings<D>,
  sources: SettingSources = {},
): SettingValues<D> {
  const layers = layersOf(sources)
  const read = Object.entries(settings.declarations).map(([name, setting]) => readSetting(name, setting, layers))
  const problems = read.flatMap(({ problem }) => (problem === null ? [] : [problem]))
  if (problems.length > 0) throw errors.SETTINGS_INVALID({ values: { problems: problems.join('; ') } })
  return Object.freeze(Object.fromEntries(read.map(({ name, value }) => [name, value]))) as SettingValues<D>
}

interface Layer {
  readonly source: string
  readonly values: Readonly<Record<string, string | undefined>>
}

interface ReadSetting {
  readonly name: string
  readonly value: unknown
  readonly problem: string | null
}

function layersOf({ environment = process.env, folder = process.cwd() }: SettingSources): readonly Layer[] {
  const named: Layer = { source: 'the environment', values: environment }
  if (folder === null) return [named]
  const envType = environment['ENV_TYPE']
  const files = envType === undefined || envType === '' ? ['.env'] : [`.env.${envType}`, '.env']
  return [named, ...files.flatMap((file) => fileLayer(folder, file))]
}

function fileLayer(folder: string, file: string): readonly Layer[] {
  try {
    return [{ source: file, values: parseEnv(readFileSync(join(folder, file), 'utf8')) }]
  } catch (error) {
    if (isMissingFile(error)) return []
    throw errors.SETTINGS_INVALID({ values: { problems: `${file} cannot be read` }, cause: error })
  }
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function readSetting(name: string, { spec }: Setting<unknown>, layers: readonly Layer[]): ReadSetting {
  const layer = layers.find(({ values }) => Object.hasOwn(values, name) && values[name] !== undefined)
  const text = layer?.values[name]
  if (layer === undefined || text === undefined) {
    if (spec.fallback !== null) return { name, value: spec.fallback.value, problem: null }
    return { name, value: undefined, problem: `${name} is required: ${spec.expects}` }
  }
  const value = spec.read(text)
  if (value !== undefined) return { name, value, problem: null }
  const shown = spec.isSecret ? 'a value (not shown)' : JSON.stringify(text)
  return { name, value, problem: `${name} in ${layer.source} is ${shown}, expected ${spec.expects}` }
}
