import type { ErrorDefinition } from '../terrace-error.ts'

/** Statements that the scope refuses. */
export const scopeErrors = {} as const satisfies Record<string, ErrorDefinition>
