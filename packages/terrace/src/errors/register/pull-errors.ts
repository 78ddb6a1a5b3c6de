import type { ErrorDefinition } from '../terrace-error.ts'

/** Models from a database that is there. */
export const pullErrors = {} as const satisfies Record<string, ErrorDefinition>
