import { errors } from '../errors/index.ts'

/**
 * A driver's package, loaded when the first database needs it. One that is not installed is `DRIVER_MISSING` with its name.
 *
 * ```ts
 * const pg = await loadDriver({ package: 'pg', scheme: 'postgres:' }, () => import('pg'))
 * ```
 */
export async function loadDriver<M>(
  { package: name, scheme }: { readonly package: string; readonly scheme: string },
  load: () => Promise<M>,
): Promise<M> {
  try {
    return await load()
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
