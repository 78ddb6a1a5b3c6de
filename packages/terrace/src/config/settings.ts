import type { Setting } from './setting.ts'

/** Settings by the name of their environment variable. */
export type SettingDeclarations = Readonly<Record<string, Setting<unknown>>>

/** The declared settings of an app: a pure value, read by `loadSettings`. */
export interface Settings<D extends SettingDeclarations = SettingDeclarations> {
  readonly declarations: D
}

export type SettingValues<D extends SettingDeclarations> = {
  readonly [K in keyof D]: D[K] extends Setting<infer T> ? T : never
}

/**
 * Declares what an app reads from its environment.
 *
 * ```ts
 * export const appSettings = settings({ DATABASE_URL: url().default('sqlite:app.db'), PORT: port().default(9999) })
 * ```
 */
export function settings<D extends SettingDeclarations>(declarations: D): Settings<D> {
  return Object.freeze({ declarations: Object.freeze({ ...declarations }) })
}
