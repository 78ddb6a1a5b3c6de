/**
 * Reasons for leaving the scope that belong to Terrace itself. They happen at each request or start, so they are counted
 * (`Database.counts`) and not reported one by one to `DatabaseObserver.unscoped`.
 */
export const frameworkReasons = Object.freeze({
  authentication: 'terrace: authentication',
  deletion: 'terrace: deletion',
  idempotency: 'terrace: idempotency',
  limits: 'terrace: limits',
  merge: 'terrace: merge',
  membership: 'terrace: membership',
  seeds: 'terrace: seeds',
  structure: 'terrace: structure',
} as const)

export type FrameworkReason = (typeof frameworkReasons)[keyof typeof frameworkReasons]

const known: ReadonlySet<string> = new Set(Object.values(frameworkReasons))

export function isFrameworkReason(reason: string): boolean {
  return known.has(reason)
}
