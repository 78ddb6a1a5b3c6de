import { existsSync, readFileSync } from 'node:fs'
import type { JsonWebKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { readSigned } from './signed-text.ts'
import { isTokenAlgorithm } from './token-algorithms.ts'
import { loadKey } from './token-keys.ts'
import type { LoadedKey, TokenKey } from './token-keys.ts'

interface Vector {
  readonly tcId: number
  readonly comment: string
  readonly jws: unknown
  readonly result: 'valid' | 'invalid'
}

interface Group {
  readonly public?: JsonWebKey & { readonly kid?: string }
  readonly private: JsonWebKey & { readonly kid?: string }
  readonly tests: readonly Vector[]
}

const path = new URL('../../../../../shared/corpora/wycheproof/json_web_signature_test.json', import.meta.url)
const groups = existsSync(path)
  ? (JSON.parse(readFileSync(path, 'utf8')) as { readonly testGroups: readonly Group[] }).testGroups
  : []

/** Vectors that are called valid and are refused here on purpose. */
const refusedOnPurpose: Readonly<Record<number, string>> = {
  346: 'signed by PS384 with a key that says it is for PS256: one algorithm per key',
  350: 'as 346, with key_ops',
  347: 'its key is for ES521, which is no algorithm',
  351: 'as 347, with key_ops',
  372: 'a character outside base64url in the header: a token has one spelling',
  373: 'the same in the payload',
}

test.skipIf(groups.length === 0)(
  'Wycheproof: no invalid vector is accepted, and every valid one of a supported algorithm is',
  async () => {
    const counts = { valid: 0, accepted: 0, refusedOnPurpose: 0, invalid: 0, invalidAccepted: 0, contradictory: 0 }
    const surprising: string[] = []
    for (const group of groups)
      for (const { tcId, comment, jws, result } of group.tests) {
        const isAccepted = await accepts(group, jws)
        const isContradictory = result === 'invalid' && isValidElsewhere(group, jws)
        const isOnPurpose = refusedOnPurpose[tcId] !== undefined
        counts[isContradictory ? 'contradictory' : result] += 1
        if (isAccepted && !isContradictory) counts[result === 'valid' ? 'accepted' : 'invalidAccepted'] += 1
        if (isOnPurpose) counts.refusedOnPurpose += 1
        if (isAccepted !== (isContradictory || (result === 'valid' && !isOnPurpose)))
          surprising.push(`${tcId} ${comment}`)
      }
    process.stdout.write(`Wycheproof, ${path.pathname.split('/').at(-1)}: ${JSON.stringify(counts)}\n`)
    expect(surprising).toEqual([])
    expect(counts).toEqual({
      valid: 46,
      accepted: 40,
      refusedOnPurpose: 6,
      invalid: 353,
      invalidAccepted: 0,
      contradictory: 2,
    })
  },
)

/** 367 and 370 are called invalid for a padding that they do not have: they are 357, which is valid, letter by letter. */
function isValidElsewhere({ tests }: Group, jws: unknown): boolean {
  return tests.some((other) => other.result === 'valid' && other.jws === jws)
}

async function accepts(group: Group, jws: unknown): Promise<boolean> {
  const key = keyOf(group)
  // Many of them name no key, as a token of a ring must: the header is what is tried, so the one key goes by every name.
  if (key === null || typeof jws !== 'string') return false
  const byId = new Map(namesIn(jws).map((id) => [id, key]))
  return (await readSigned(jws, { signing: key, byId })) !== null
}

function keyOf(group: Group): LoadedKey | null {
  const jwk = group.public ?? group.private
  const { alg, kid = 'key', kty, k } = jwk as Record<string, string | undefined>
  const key: TokenKey =
    kty === 'oct' ? { id: kid, secret: Buffer.from(k ?? '', 'base64url') } : { id: kid, publicKey: jwk }
  const algorithm = isTokenAlgorithm(alg) ? alg : null
  if (algorithm === null) return null
  const loaded = loadKey(key, algorithm)
  return 'checking' in loaded ? loaded : null
}

function namesIn(jws: string): readonly string[] {
  try {
    const header: unknown = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString())
    const id = (header as { readonly kid?: unknown } | null)?.kid
    return typeof id === 'string' ? [id] : []
  } catch {
    return []
  }
}
