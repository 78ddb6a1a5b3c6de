import { existsSync, readFileSync } from 'node:fs'

const path = new URL('../../../../../shared/corpora/blns/blns.json', import.meta.url)

/** Why the corpus cannot be used; null when it can. */
export const noNaughtyStrings: string | null = existsSync(path)
  ? null
  : 'the corpus ../shared/corpora/blns is not beside this repository'

/** Strings that break programs, each once, without those that no text column takes (U+0000, lone surrogates). */
export function naughtyStrings(): readonly string[] {
  if (noNaughtyStrings !== null) return []
  const all = JSON.parse(readFileSync(path, 'utf8')) as readonly string[]
  return [...new Set(all)].filter((text) => text.isWellFormed() && !text.includes('\0'))
}
