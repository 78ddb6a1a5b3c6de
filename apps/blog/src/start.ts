import type { StartOptions } from 'terrace/app'

const minuteMs = 60_000

/** What the Blog is started with besides its settings: how often one address may ask, and most of all what anybody may call. */
export const startOptions = {
  rateLimit: {
    max: 600,
    windowMs: minuteMs,
    routes: {
      'POST /v1/users': { max: 20, windowMs: 60 * minuteMs },
      'POST /v1/auth/login': { max: 60, windowMs: 15 * minuteMs },
      'POST /v1/auth/refresh': { max: 60, windowMs: minuteMs },
      'POST /v1/auth/logout': { max: 60, windowMs: minuteMs },
    },
  },
} satisfies StartOptions
