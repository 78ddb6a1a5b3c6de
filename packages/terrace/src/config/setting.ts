/** How the text of one setting becomes its value; `undefined` from `read` means the text is none of it. */
export interface SettingSpec<T = unknown> {
  /** What the text must be, for the message: `a port, 0 to 65535`. */
  readonly expects: string
  readonly read: (text: string) => T | undefined
  readonly fallback: { readonly value: T } | null
  /** A secret's value is never printed, in no message and no log. */
  readonly isSecret: boolean
}

/** One setting under declaration. Immutable: each method gives a new one. */
export class Setting<T> {
  readonly spec: SettingSpec<T>

  constructor(spec: SettingSpec<T>) {
    this.spec = Object.freeze(spec)
    Object.freeze(this)
  }

  /** The value where the environment says nothing; without it the setting is required. */
  default(value: T): Setting<T> {
    return new Setting({ ...this.spec, fallback: { value } })
  }

  /** Never printed. */
  secret(): Setting<T> {
    return new Setting({ ...this.spec, isSecret: true })
  }
}

function setting<T>(expects: string, read: (text: string) => T | undefined): Setting<T> {
  return new Setting({ expects, read, fallback: null, isSecret: false })
}

/** Any text but an empty one. */
export function text(): Setting<string> {
  return setting('a text that is not empty', (given) => (given === '' ? undefined : given))
}

/** A URL with a scheme, as it stands: `sqlite:notes.db`, `postgres://user@host/database`. May hold a password, so it is secret. */
export function url(): Setting<string> {
  const read = (given: string): string | undefined => (/^[a-z][a-z0-9+.-]*:\S+$/i.test(given) ? given : undefined)
  return setting('a URL such as scheme://host/path', read).secret()
}

/** A whole number within both bounds, inclusive. */
export function integer(min: number, max: number): Setting<number> {
  return setting(`a whole number from ${min} to ${max}`, (given) => wholeNumber(given, min, max))
}

/** A TCP port; 0 lets the system choose. */
export function port(): Setting<number> {
  return setting('a port, 0 to 65535', (given) => wholeNumber(given, 0, 65_535))
}

/** `true` or `false`, also `1` and `0`. */
export function flag(): Setting<boolean> {
  const values = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])
  return setting('true or false', (given) => values.get(given.toLowerCase()))
}

/** A web origin, `https://app.example.org`: scheme, host and port, nothing behind them. */
export function origin(): Setting<string> {
  return setting('an origin such as https://app.example.org', (given) => {
    const parsed = URL.canParse(given) ? new URL(given) : null
    // A wildcard is a host to URL, and matches nothing.
    return parsed !== null && parsed.origin === given && !given.includes('*') ? given : undefined
  })
}

/** Values separated by commas; an empty text is an empty list. Of secrets it is a secret. */
export function list<T>(item: Setting<T>): Setting<readonly T[]> {
  const values = setting(`a list, separated by commas, each ${item.spec.expects}`, (given) => {
    const texts = given.split(',').map((part) => part.trim())
    const read = given.trim() === '' ? [] : texts.map((part) => item.spec.read(part))
    return read.some((value) => value === undefined) ? undefined : (read as readonly T[])
  })
  return item.spec.isSecret ? values.secret() : values
}

function wholeNumber(given: string, min: number, max: number): number | undefined {
  const value = /^-?[0-9]{1,15}$/.test(given) ? Number(given) : Number.NaN
  return value >= min && value <= max ? value : undefined
}
