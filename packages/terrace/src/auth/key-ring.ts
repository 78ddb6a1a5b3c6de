import { errors } from '../errors/index.ts'
import type { KeyFault, TokenAlgorithm } from './token-algorithms.ts'
import { loadKey } from './token-keys.ts'
import type { LoadedKey, TokenKey } from './token-keys.ts'

/** The keys by which tokens are checked; the first one signs. */
export interface KeyRing {
  readonly signing: LoadedKey
  readonly byId: ReadonlyMap<string, LoadedKey>
}

/** `TOKEN_KEYS` with everything that is wrong with them; nothing of a key stands in it. */
export function keyRingOf(keys: readonly TokenKey[], algorithm: TokenAlgorithm): KeyRing {
  const read = keys.map((key) => loadKey(key, key.algorithm ?? algorithm))
  const faults = read.flatMap((key, index) => ('problem' in key ? [named(key, keys[index]?.id, index)] : []))
  const loaded = read.filter((key) => 'checking' in key)
  const fault = faults[0] ?? ringFault(loaded)
  if (fault === null) return { signing: loaded[0] as LoadedKey, byId: new Map(loaded.map((key) => [key.id, key])) }
  const problem = [fault, ...faults.slice(1)].map((each) => each.problem).join('; ')
  throw errors.TOKEN_KEYS({ values: { problem, remedy: fault.remedy } })
}

function named({ problem, remedy }: KeyFault, id: unknown, index: number): KeyFault {
  const name = typeof id === 'string' && id !== '' ? id : `number ${index + 1}`
  return { problem: `key ${name}: ${problem}`, remedy }
}

function ringFault(keys: readonly LoadedKey[]): KeyFault | null {
  if (keys[0] === undefined) return { problem: 'there is none', remedy: 'Give one key at least' }
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    return { problem: 'two have the same id', remedy: 'Give each key an id of its own' }
  return keys[0].signing === null
    ? { problem: 'the first one is public', remedy: 'Put a private key or a secret first: it signs' }
    : null
}
