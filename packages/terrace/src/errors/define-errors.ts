import { errorClassOf } from './domain-errors.ts'
import type { ErrorDefinition, ErrorDetails, TerraceError } from './terrace-error.ts'

type Widened<V> = V extends string ? string : V extends number ? number : V extends bigint ? bigint : boolean
type ValuesOf<D extends ErrorDefinition> = { readonly [K in keyof D['values']]: Widened<D['values'][K]> }

type Arguments<D extends ErrorDefinition> = keyof D['values'] extends never
  ? [details?: ErrorDetails]
  : [details: ErrorDetails & { readonly values: ValuesOf<D> }]

/** One registered error, whatever values its texts use: what a route lists among those that it answers. */
export interface DeclaredError {
  readonly code: string
  readonly definition: ErrorDefinition
}

/** Makes one registered error; `code` and `definition` are readable without making it. */
export interface ErrorFactory<D extends ErrorDefinition = ErrorDefinition> extends DeclaredError {
  (...details: Arguments<D>): TerraceError
  readonly definition: D
}

export type ErrorRegister<D extends Readonly<Record<string, ErrorDefinition>>> = {
  readonly [K in keyof D]: ErrorFactory<D[K]>
}

/**
 * Declares errors: their codes are the keys, and each becomes a function that makes the error.
 *
 * ```ts
 * const errors = defineErrors({
 *   EMAIL_TAKEN: { kind: 'conflict', en: 'The e-mail is already registered', zh: '邮箱已被注册', remedy: 'Log in instead', values: {} },
 * })
 * throw errors.EMAIL_TAKEN({ fields: ['email'] })
 * ```
 */
export function defineErrors<const D extends Readonly<Record<string, ErrorDefinition>>>(
  definitions: D,
): ErrorRegister<D> {
  const factories = Object.entries(definitions).map(([code, definition]) => [code, factoryOf(code, definition)])
  return Object.freeze(Object.fromEntries(factories)) as ErrorRegister<D>
}

function factoryOf(code: string, definition: ErrorDefinition): ErrorFactory {
  const ClassOfKind = errorClassOf(definition.kind)
  const make = (details: ErrorDetails & { values?: ErrorDefinition['values'] } = {}): TerraceError => {
    const error = new ClassOfKind(code, definition, details.values ?? {}, details)
    // The place that made the error comes first: this one is the same for all.
    Error.captureStackTrace(error, make)
    return error
  }
  return Object.freeze(Object.assign(make, { code, definition })) as ErrorFactory
}
