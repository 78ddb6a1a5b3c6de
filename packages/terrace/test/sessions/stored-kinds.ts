import type { Ending, Stored } from './endings.ts'

export const suffixes = { write: '', inner: ' inner', later: ' later' } as const

/** What of an ending's request may be stored: one of these. */
export function allowedBy({ stored }: Pick<Ending, 'stored'>): readonly Stored[] {
  return stored.some((part) => typeof part === 'object') ? (stored as readonly Stored[]) : [stored as Stored]
}

export function labelsOf(label: string, kinds: Stored): readonly string[] {
  return kinds.map((kind) => `${label}${suffixes[kind]}`)
}
