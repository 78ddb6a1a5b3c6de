import type { ErrorDefinition } from '../terrace-error.ts'

/** Rows on their way from one database to another. */
export const moveErrors = {} as const satisfies Record<string, ErrorDefinition>
