const hiddenMark = '[hidden]'

/** Shorter ones are found in texts that have nothing to do with them. */
const shortest = 4

/**
 * What a library reported, without what it may hold of a request: only name, code and message, the secrets masked. The error itself
 * may have the URL, headers or pieces of the answer as properties.
 */
export function causeOf(error: unknown, secrets: readonly string[]): Error {
  const { name, message, code } = error as {
    readonly name?: unknown
    readonly message?: unknown
    readonly code?: unknown
  }
  const cause = new Error(withoutSecrets(typeof message === 'string' ? message : 'not an error', secrets))
  if (typeof name === 'string') cause.name = name
  delete cause.stack
  return Object.assign(cause, typeof code === 'string' ? { code } : {})
}

function withoutSecrets(message: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= shortest)
    .reduce(
      (text, secret) => text.replaceAll(secret, hiddenMark).replaceAll(encodeURIComponent(secret), hiddenMark),
      message,
    )
}
