import type { ApiClientOptions } from './api-client-options.ts'
import type { Tokens } from './bearer-tokens.ts'
import { SeenTags } from './seen-tags.ts'
import { retryWaitMs, type Outcome } from './retry-wait.ts'

const defaults = { times: 2, baseMs: 200, longestMs: 20_000 } as const

/** `fetch` for one API: with its token, its time, its repetitions and the states that were seen. */
export function senderOf(options: ApiClientOptions, tokens: Tokens | null): (request: Request) => Promise<Response> {
  const { retries, timeoutMs = 30_000, language, ifMatch = true } = options
  const limits = retries === false ? { ...defaults, times: 0 } : { ...defaults, ...retries }
  const tags = ifMatch ? new SeenTags() : null
  const once = timed(options.fetch ?? ((request) => fetch(request)), timeoutMs)
  return async (request) => {
    if (language !== undefined) setUnlessSet(request.headers, 'accept-language', language)
    tags?.expect(request)
    for (let repeated = 0; ; repeated += 1) {
      const outcome = await settled(() => authorized(request, { tokens, once }))
      const waitMs = repeated < limits.times ? retryWaitMs(request, outcome, { ...limits, repeated }) : null
      if (waitMs === null) {
        if (outcome.response === null) throw outcome.error
        tags?.remember(request, outcome.response)
        return outcome.response
      }
      await outcome.response?.body?.cancel()
      await waited(waitMs, request.signal)
    }
  }
}

function setUnlessSet(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value)
}

async function settled(work: () => Promise<Response>): Promise<Outcome> {
  try {
    return { response: await work(), error: null }
  } catch (error) {
    return { response: null, error }
  }
}

interface Parts {
  readonly tokens: Tokens | null
  readonly once: (request: Request) => Promise<Response>
}

/** One call, and where its token is refused another with the new one: a 401 has done nothing. */
async function authorized(request: Request, { tokens, once }: Parts): Promise<Response> {
  if (tokens === null || request.headers.has('authorization') || !tokens.belongsTo(request.url))
    return once(request.clone())
  const { token, next } = await tokens.of(request)
  const response = await once(withToken(request, token))
  if (response.status !== 401) return response
  const renewed = await next()
  if (renewed === null) return response
  await response.body?.cancel()
  return once(withToken(request, renewed))
}

/** Its body is kept for the next one. */
function withToken(request: Request, token: string | null): Request {
  const copy = request.clone()
  if (token !== null) copy.headers.set('authorization', `Bearer ${token}`)
  return copy
}

/** Calls whose time is not over, with their signals: nothing else holds on to them, and collected as garbage they would end nothing. */
const timing = new Set<readonly [Request, AbortSignal]>()

/** The caller's own signal ends it too. */
function timed(send: Parts['once'], timeoutMs: number): Parts['once'] {
  if (timeoutMs === 0) return send
  return (request) => {
    const time = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([request.signal, time])
    const call = [new Request(request, { signal }), signal] as const
    timing.add(call)
    time.addEventListener('abort', () => timing.delete(call), { once: true })
    return send(call[0])
  }
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
