import type { ErrorDefinition } from '../terrace-error.ts'

/** What the command line is asked. */
export const cliErrors = {} as const satisfies Record<string, ErrorDefinition>
