import type { ErrorDefinition } from '../terrace-error.ts'

/** Differences between models and live structure, and the doors that follow them. */
export const structureErrors = {} as const satisfies Record<string, ErrorDefinition>
