import { errors } from '../errors/index.ts'
import { nearestName } from '../model/index.ts'
import { dialectsByScheme, exampleUrls, type Dialect } from './dialects.ts'

/**
 * Loads the dialect that a URL's scheme names. `DATABASE_URL` where there is none: the message shows the scheme and nothing
 * else of the URL, which may hold a password.
 */
export function dialectOf(url: string): Promise<Dialect> {
  const scheme = schemeOf(url)
  if (Object.hasOwn(dialectsByScheme, scheme)) return (dialectsByScheme[scheme] as () => Promise<Dialect>)()
  const nearest = nearestName(scheme, Object.keys(dialectsByScheme))
  const remedy = nearest === null ? `Begin it with ${known()}` : `Did you mean "${nearest}:"?`
  throw errors.DATABASE_URL({ values: { problem: `the scheme "${scheme}:" is unknown`, remedy } })
}

function schemeOf(url: string): string {
  const given: unknown = url
  if (typeof given !== 'string' || given.trim() === '') {
    throw errors.DATABASE_URL({ values: { problem: 'there is none', remedy: `Begin it with ${known()}` } })
  }
  // Source: RFC 3986, section 3.1; schemes are the same in any letter case.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]
  if (scheme !== undefined) return scheme.toLowerCase()
  throw errors.DATABASE_URL({
    values: { problem: 'it does not begin with a scheme', remedy: `Write a URL such as ${exampleUrls}` },
  })
}

const known = (): string => {
  const schemes = Object.keys(dialectsByScheme).map((scheme) => `${scheme}:`)
  return `${schemes.slice(0, -1).join(', ')} or ${schemes.at(-1)}`
}
