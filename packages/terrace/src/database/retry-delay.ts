/** Runs of a repeatable unit after its first. */
export const mostRetries = 3

/**
 * A unit that has already taken this long is not run again: whoever asked for it has waited long enough, and an engine that
 * stayed busy for so long will not be free in a moment.
 */
export const retryBudgetMs = 5_000

const firstDelayMs = 10

/** How long to wait before a run, `retry` counted from 1: up to 20, 40, 80 ms, at random, so that rivals part. */
export function retryDelayMs(retry: number, random: () => number = Math.random): number {
  return random() * firstDelayMs * 2 ** retry
}
