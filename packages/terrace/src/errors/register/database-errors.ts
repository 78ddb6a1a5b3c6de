import type { ErrorDefinition } from '../terrace-error.ts'

/** What a database or its driver reported. */
export const databaseErrors = {} as const satisfies Record<string, ErrorDefinition>
