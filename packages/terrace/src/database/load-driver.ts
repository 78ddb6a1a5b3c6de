import { errors } from '../errors/index.ts'

/** Stands in for `import(packageName)`. */
export type LoadPackage = (packageName: string) => Promise<unknown>

export interface DriverPackage {
  readonly package: string
  /** What needs it, for the message: `postgres:`. */
  readonly scheme: string
  /** In place of the import, where given. */
  readonly load?: LoadPackage | undefined
}

/**
 * A driver's package, loaded when the first database needs it. One that is not installed is `DRIVER_MISSING` with its name.
 *
 * ```ts
 * const pg = await loadDriver({ package: 'pg', scheme: 'postgres:' }, () => import('pg'))
 * ```
 */
export async function loadDriver<M>(
  { package: name, scheme, load }: DriverPackage,
  importPackage: () => Promise<M>,
): Promise<M> {
  try {
    return await (load === undefined ? importPackage() : (load(name) as Promise<M>))
  } catch (error) {
    if (!isMissing(error, name)) throw error
    throw errors.DRIVER_MISSING({ values: { package: name, scheme }, cause: error })
  }
}

/** The package itself, not one that it needs. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(`'${name}'`)
}
