import { snakeCase, type ModelGraph } from '../../../model/index.ts'
import { quoteText } from '../../../schema/index.ts'

/** Opens every row: of `session.unscoped`, and of work on the structure. */
export const unscopedSetting = 'terrace.unscoped'

/** Lets a statement lock rows that it may read and not change, and nothing else. */
export const lockingSetting = 'terrace.locks_rows'

/** The setting that holds the key of the actor, by the model's name: `Device` → `terrace.actor_device`. */
export function actorSettings({ models }: ModelGraph): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  const taken = new Set<string>()
  for (const { name, access } of Object.values(models)) {
    if (access.kind !== 'actor') continue
    const setting = freeName(`terrace.actor_${snakeCase(name)}`, taken)
    taken.add(setting)
    settings.set(name, setting)
  }
  return settings
}

/** A name that is not taken: `ABc` and `Abc` are two models and would be one setting, the key of one that of the other. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}_${count}`
    if (!taken.has(candidate)) return candidate
  }
}

/** True where it is on; false, also as null, where nobody has said so. */
export function isOn(setting: string): string {
  return `current_setting(${quoteText(setting)}, true) = 'on'`
}
