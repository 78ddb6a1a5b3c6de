/** Work, of which it is known whether a call is made by it. */
export interface Inside {
  run<R>(work: () => R): R
  /** Whether the caller is within work that has not ended. */
  isHere(): boolean
}

interface Store {
  run<R>(value: object, work: () => R): R
  getStore(): object | undefined
}

interface Platform {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly AsyncLocalStorage?: new () => Store } | undefined
  }
}

/** Where the platform follows asynchronous work (Node, Deno, Bun), all of it; in a browser up to its first `await`. */
export function insideWork(): Inside {
  const { AsyncLocalStorage } = (globalThis as Platform).process?.getBuiltinModule?.('node:async_hooks') ?? {}
  return AsyncLocalStorage === undefined ? untilItAwaits() : followed(new AsyncLocalStorage())
}

/** What outlives the work, as a timer that it has started, is not within it any more: each run has an end of its own. */
function followed(store: Store): Inside {
  const open = new WeakSet<object>()
  return {
    run: (work) => {
      const run = {}
      open.add(run)
      const given = store.run(run, work)
      void Promise.resolve(given).then(
        () => open.delete(run),
        () => open.delete(run),
      )
      return given
    },
    isHere: () => open.has(store.getStore() ?? {}),
  }
}

function untilItAwaits(): Inside {
  let isHere = false
  return {
    run: (work) => {
      isHere = true
      try {
        return work()
      } finally {
        isHere = false
      }
    },
    isHere: () => isHere,
  }
}
