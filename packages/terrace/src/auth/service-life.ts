import type { BoundModel } from '../model/index.ts'

/** Under which a service class says what the app does for it: a symbol, so that it is none of the app's own names. */
export const serviceLife: unique symbol = Symbol('terrace.serviceLife')

/** What a service class needs at the two ends of an app. */
export interface ServiceLife {
  /** Rejects with what keeps the service from working, before the app opens anything. */
  ready(): Promise<void>
  /** Models besides its own whose rows it counts in. */
  readonly countsIn: readonly BoundModel[]
  /** Closes what the service has opened. It may be used again afterwards, by another app. */
  close(): Promise<void>
}

/** Of a service class, or of one that extends it; null for any other. */
export function lifeOf(service: unknown): ServiceLife | null {
  return (service as { readonly [serviceLife]?: ServiceLife } | null | undefined)?.[serviceLife] ?? null
}
