import type { ErrorDefinition } from '../terrace-error.ts'

/** Sessions used against their declared states. */
export const sessionErrors = {} as const satisfies Record<string, ErrorDefinition>
