/** How one flag is written, and what becomes of it. */
export type Flag = SwitchFlag | TextFlag | ListFlag | NumberFlag

interface Described {
  readonly summary: string
  /** One letter: `m` for `-m`. */
  readonly short?: string
}

/** There or not. */
export interface SwitchFlag extends Described {
  readonly kind: 'switch'
}

export interface TextFlag<R extends boolean = boolean> extends Described {
  readonly kind: 'text'
  /** What stands for the value in help: `<url>`. */
  readonly value: string
  readonly isRequired: R
}

/** May be given several times. */
export interface ListFlag extends Described {
  readonly kind: 'list'
  readonly value: string
}

/** A whole number, 1 or more. */
export interface NumberFlag extends Described {
  readonly kind: 'number'
  readonly value: string
}

/** By name, without the hyphens. */
export type Flags = Readonly<Record<string, Flag>>

export type FlagValues<F extends Flags> = { readonly [K in keyof F]: FlagValue<F[K]> }

type FlagValue<F extends Flag> = F extends SwitchFlag
  ? boolean
  : F extends ListFlag
    ? readonly string[]
    : F extends NumberFlag
      ? number | undefined
      : F extends TextFlag<true>
        ? string
        : string | undefined

/** What a command is given besides flags, in its order. */
export interface Argument {
  readonly kind: 'required' | 'optional' | 'several'
  readonly summary: string
}

export type Arguments = Readonly<Record<string, Argument>>

export type ArgumentValues<A extends Arguments> = { readonly [K in keyof A]: ArgumentValue<A[K]['kind']> }

type ArgumentValue<K extends Argument['kind']> = K extends 'required'
  ? string
  : K extends 'several'
    ? readonly string[]
    : string | undefined

export const toggle = (summary: string, short?: string): SwitchFlag => ({ kind: 'switch', summary, ...named(short) })

export const text = (value: string, summary: string, short?: string): TextFlag<false> => ({
  kind: 'text',
  value,
  summary,
  isRequired: false,
  ...named(short),
})

export const requiredText = (value: string, summary: string, short?: string): TextFlag<true> => ({
  ...text(value, summary, short),
  isRequired: true,
})

export const list = (value: string, summary: string): ListFlag => ({ kind: 'list', value, summary })

export const count = (value: string, summary: string): NumberFlag => ({ kind: 'number', value, summary })

export const required = (summary: string) => ({ kind: 'required', summary }) as const
export const optional = (summary: string) => ({ kind: 'optional', summary }) as const
export const several = (summary: string) => ({ kind: 'several', summary }) as const

function named(short: string | undefined): { readonly short?: string } {
  return short === undefined ? {} : { short }
}
