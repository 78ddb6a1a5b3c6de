const firstDelayMs = 10

/** How long to wait before a run, `retry` counted from 1: up to 20, 40, 80 ms, at random, so that rivals part. */
export function retryDelayMs(retry: number, random: () => number = Math.random): number {
  return random() * firstDelayMs * 2 ** retry
}
