import type { ModelGraph } from '../../model/index.ts'

/** Names that hold secrets in any program, whatever its models say. */
const always = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'passwd',
  'secret',
  'token',
  'accesstoken',
  'refreshtoken',
  'apikey',
  'x-api-key',
]

/** Tells the names whose values no log may show, in any letter case. */
export type IsSecretName = (name: string) => boolean

/**
 * The names of every hidden or write-only column, in code, on the wire and in the database, and a few of always. What Terrace
 * stamps itself (owner, deletion) is kept out of answers, but is no secret.
 */
export function secretNames(graph: ModelGraph): IsSecretName {
  const columns = Object.values(graph.models).flatMap((model) => model.columns)
  const marked = columns.filter(({ hidden, writeOnly, stamp }) => (hidden || writeOnly) && stamp === null)
  const names = new Set([...always, ...marked.flatMap(({ name, sqlName }) => [name, sqlName])].map(plainName))
  return (name) => names.has(plainName(name))
}

/** `tokenHash`, `token_hash` and `TOKEN_HASH` are one. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}
