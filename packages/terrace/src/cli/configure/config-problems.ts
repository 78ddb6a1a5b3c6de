import type { App } from '../../app/index.ts'
import { nearestName } from '../../model/index.ts'
import type { TerraceConfig } from '../terrace-config.ts'

export interface ConfigProblem {
  readonly problem: string
  readonly remedy: string
}

interface Kind {
  readonly words: string
  accepts(value: unknown): boolean
}

const words: Kind = { words: 'a text', accepts: (value) => typeof value === 'string' && value.trim() !== '' }
const truth: Kind = { words: 'true or false', accepts: (value) => typeof value === 'boolean' }
const wall: Kind = {
  words: 'true, false or { role }',
  accepts: (value) => typeof value === 'boolean' || (isRecord(value) && words.accepts(value['role'])),
}
const record: Kind = { words: 'an object of options', accepts: isRecord }
const boundModels: Kind = { words: 'what graph({ … }) returned', accepts: areModels }
const appOrSource: Kind = {
  words: 'what createApp({ … }) returned, or a function that gives it',
  accepts: (value) => typeof value === 'function' || isApp(value),
}
const seedSources: Kind = {
  words: 'rows, or a function that gives them, by the name of a model',
  accepts: (value) =>
    isRecord(value) && Object.values(value).every((seeds) => Array.isArray(seeds) || typeof seeds === 'function'),
}

// A key more in the type does not compile until it is here.
const kinds: { readonly [K in keyof Required<TerraceConfig>]: Kind } = {
  database: words,
  models: boundModels,
  app: appOrSource,
  start: record,
  migrations: words,
  backups: words,
  seeds: seedSources,
  rowLevelSecurity: wall,
  production: truth,
  scratch: words,
  adminDatabase: words,
}

/** What is wrong about what a configuration exports, whoever wrote it in whichever language. */
export function configProblems(config: unknown): readonly ConfigProblem[] {
  if (config === undefined) {
    return [{ problem: 'it has no default export', remedy: 'Write export default defineConfig({ … })' }]
  }
  if (!isRecord(config)) {
    return [{ problem: 'its default export is no object', remedy: 'Write export default defineConfig({ … })' }]
  }
  return [...Object.entries(config).flatMap(([key, value]) => keyProblems(key, value)), ...seedProblems(config)]
}

function keyProblems(key: string, value: unknown): readonly ConfigProblem[] {
  const known = Object.keys(kinds)
  if (!known.includes(key)) {
    const nearest = nearestName(key, known)
    const remedy = nearest === null ? `Known are ${known.join(', ')}` : `Did you mean "${nearest}"?`
    return [{ problem: `it has the key "${key}", which means nothing`, remedy }]
  }
  const kind = kinds[key as keyof TerraceConfig]
  // What is undefined is not given: `database: process.env.X`.
  if (value === undefined || kind.accepts(value)) return []
  return [{ problem: `its "${key}" is not ${kind.words}`, remedy: `Give ${kind.words}, or leave it out` }]
}

function seedProblems({ seeds, models }: Readonly<Record<string, unknown>>): readonly ConfigProblem[] {
  if (!isRecord(seeds) || !areModels(models)) return []
  const known = Object.keys(models)
  return Object.keys(seeds)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known)
      const remedy = nearest === null ? `Models are ${known.join(', ')}` : `Did you mean "${nearest}"?`
      return { problem: `its "seeds" name "${name}", which is no model`, remedy }
    })
}

/** Whether something is a graph's models, bound: one that is not would be refused much later, and in other words. */
export function areModels(value: unknown): value is Readonly<Record<string, object>> {
  if (!isRecord(value)) return false
  const models = Object.values(value)
  return models.length > 0 && models.every((model) => isRecord(model) && isRecord(model['graph']))
}

/** Whether something is an app as `createApp` gives it. */
export function isApp(value: unknown): value is App {
  if (!isRecord(value)) return false
  return typeof value['title'] === 'string' && Array.isArray(value['routes']) && isRecord(value['wire'])
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
