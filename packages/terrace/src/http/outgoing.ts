import type { Payload } from './content-payload.ts'

/** What goes over the wire; `payload` is null for no body. */
export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly payload: Payload | null
}
