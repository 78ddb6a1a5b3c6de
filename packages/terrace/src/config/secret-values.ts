import { loadSettings } from './load-settings.ts'
import type { Settings } from './settings.ts'

/** Shorter ones are found in texts that have nothing to do with them. */
const shortest = 8

/** What the secret settings are set to, as texts, the longest first: for a log to leave out. `SETTINGS_INVALID` as `loadSettings`. */
export function secretValues(settings: Settings): readonly string[] {
  const values: Readonly<Record<string, unknown>> = loadSettings(settings)
  const secrets = Object.entries(settings.declarations).flatMap(([name, { spec }]) =>
    spec.isSecret ? [values[name]].flat().map(String) : [],
  )
  return [...new Set(secrets)].filter(({ length }) => length >= shortest).toSorted((a, b) => b.length - a.length)
}
