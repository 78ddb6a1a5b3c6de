import type { ErrorDefinition } from '../terrace-error.ts'

/** Copies of a whole database, and scratch databases. */
export const backupErrors = {} as const satisfies Record<string, ErrorDefinition>
