import type { ServerResponse } from 'node:http'

/** A signal that is aborted when the client goes away before its answer; made when it is first asked for. */
export function clientSignal(response: ServerResponse): () => AbortSignal {
  let signal: AbortSignal | null = null
  return () => (signal ??= signalOf(response))
}

function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const abort = (): void => {
    if (!response.writableFinished) controller.abort()
  }
  if (response.destroyed) abort()
  else response.once('close', abort)
  return controller.signal
}
