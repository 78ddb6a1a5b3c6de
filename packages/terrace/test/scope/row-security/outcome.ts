import { TerraceError } from '../../../src/errors/index.ts'

export type Outcome = { readonly rows: readonly unknown[] } | { readonly refusal: string }

/** Rows in one order, or the code of the refusal. */
export async function outcomeOf(ask: () => Promise<readonly unknown[]>, isOrdered: boolean): Promise<Outcome> {
  try {
    const rows = await ask()
    return { rows: isOrdered ? rows : rows.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1)) }
  } catch (error) {
    if (error instanceof TerraceError) return { refusal: error.code }
    throw error
  }
}

function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
