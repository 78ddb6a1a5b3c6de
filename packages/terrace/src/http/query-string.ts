import { errors } from '../errors/index.ts'

/** The values of each name, in the order of the URL. */
export type QueryTexts = ReadonlyMap<string, readonly string[]>

/**
 * Reads what stands behind the `?`: `name=value`, joined by `&`, in percent encoding, `+` for a blank. `URL_MALFORMED` for
 * what is no UTF-8; nothing is replaced in silence.
 */
export function readQueryString(text: string): QueryTexts {
  const values = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decoded(at === -1 ? pair : pair.slice(0, at))
    const value = at === -1 ? '' : decoded(pair.slice(at + 1))
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  return values
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw errors.URL_MALFORMED({ cause })
  }
}
