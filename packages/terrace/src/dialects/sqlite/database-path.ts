import { resolve } from 'node:path'
import { errors } from '../../errors/index.ts'

export type DatabasePath = { readonly kind: 'memory' } | { readonly kind: 'file'; readonly path: string }

const scheme = 'sqlite:'
const forms = 'Write sqlite:data/app.db (from the working directory), sqlite:/data/app.db or sqlite::memory:'

/**
 * Where a URL's database is. `sqlite:` and a path, relative to the working directory or absolute, percent-encoded where it
 * has `%`, `?` or `#`; or `sqlite::memory:`, new and empty each time. Errors: `DATABASE_URL`.
 */
export function databasePath(url: string): DatabasePath {
  const rest = url.startsWith(scheme) ? url.slice(scheme.length) : ''
  if (rest === ':memory:') return { kind: 'memory' }
  if (rest.trim() === '') throw unusable('it has no path')
  if (/[?#]/.test(rest)) throw unusable('options after ? and # are not known')
  // sqlite:///data/app.db is how other tools write an absolute path.
  return { kind: 'file', path: resolve(decoded(rest.replace(/^\/\/\//, '/'))) }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw unusable('a % in it is not followed by two hexadecimal digits')
  }
}

function unusable(problem: string): Error {
  return errors.DATABASE_URL({ values: { problem, remedy: forms } })
}
