import type { ServerResponse } from 'node:http'

/** Resolves when an answer is sent to its end, or its client has gone. */
export function answered(response: ServerResponse): Promise<void> {
  if (response.closed || response.destroyed) return Promise.resolve()
  return new Promise((resolve) => response.once('close', () => resolve()))
}
