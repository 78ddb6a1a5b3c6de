import { errors } from '../errors/index.ts'

/** A package that only remote sources need, loaded when the first one is opened: `REMOTE_PACKAGE` where it is not installed. */
export async function loadPackage<M>(name: string, load: () => Promise<M>): Promise<M> {
  try {
    return await load()
  } catch (cause) {
    if (!isMissing(cause, name)) throw cause
    throw errors.REMOTE_PACKAGE({ values: { package: name }, cause })
  }
}

/** The package itself, not one that it needs. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(`'${name}'`)
}
