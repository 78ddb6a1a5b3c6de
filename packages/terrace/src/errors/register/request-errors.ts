import type { ErrorDefinition } from '../terrace-error.ts'

/** Requests that could not be read or may not be served. */
export const requestErrors = {} as const satisfies Record<string, ErrorDefinition>
