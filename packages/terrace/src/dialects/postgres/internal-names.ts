import { scratchPrefix } from '../../schema/index.ts'

/** The CHECK by which a column becomes NOT NULL while others work; one that is there was left by a plan that was killed. */
export const leftoverCheck = `${scratchPrefix}nn_`

/** Of an object on its way from one name to another. */
export const passingPrefix = '_terrace_r_'

/** Longer names are cut without an error. Source: PostgreSQL manual, "Identifiers and Key Words": NAMEDATALEN. */
export const longestNameBytes = 63

export function nameFits(name: string): boolean {
  return Buffer.byteLength(name) <= longestNameBytes
}
