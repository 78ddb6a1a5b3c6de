/** A mutant that changes nothing anyone could notice, and why. It is found by its file and text, not by its line. */
export interface Equivalent {
  readonly file: string
  readonly within: string
  /** The original text, on one line. */
  readonly source: string
  readonly becomes: readonly string[]
  readonly reason: string
}

const compile = 'packages/terrace/src/database/compile'

/** Kysely's renderers ask of a part of a node whether it is there, and take null for not. */
const nullIsNone = 'the renderer takes null for a part that is not there'

export const equivalents: readonly Equivalent[] = [
  {
    file: `${compile}/delete.ts`,
    within: 'deleteQuery.node',
    source: 'withNode !== null',
    becomes: ['true'],
    reason: nullIsNone,
  },
  {
    file: `${compile}/update.ts`,
    within: 'updateQuery.node',
    source: 'withNode !== null',
    becomes: ['true'],
    reason: nullIsNone,
  },
  {
    file: `${compile}/fenced.ts`,
    within: 'fenced',
    source: 'own === null',
    becomes: ['false'],
    reason: 'where there is no condition nothing was calculated, which the other part asks',
  },
  {
    file: `${compile}/fenced.ts`,
    within: 'fenced',
    source: 'false',
    becomes: ['true'],
    reason: 'what a row outside the scope answers does not matter: the guard beside it leaves the row out',
  },
  {
    file: `${compile}/equality.ts`,
    within: 'tuple.isNeverNull',
    source: 'false',
    becomes: ['true'],
    reason: 'only what is sorted by is asked, and a tuple is neither sorted by nor given',
  },
]
