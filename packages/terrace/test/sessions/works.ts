import { reply } from '../../src/http/index.ts'
import { endingErrors, type Entries } from './entries.ts'
import type { Stage } from './stage.ts'

export interface Call {
  readonly label: string
  readonly entries: Entries
  /** 1 for the first run of the work. */
  readonly run: number
  readonly stage: Stage
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
}

/** What a handler does; what it gives, if anything, is its answer. */
// oxlint-disable-next-line no-explicit-any -- some answer what no route could declare
export type Work = (call: Call) => any

/** The code of a row that is there from the beginning. */
export const takenCode = 'taken'
/** Notes at which the test's own triggers refuse a row. */
export const refusedAtCommit = 'refused at commit'
export const conflicting = 'conflicting'

const failure = (): Error => new Error('a defect of the handler')

/** Named by what happens; `repeatable-` ones may run again. */
export const works: Readonly<Record<string, Work>> = {
  writes: async ({ entries, label }) => void (await entries.write(label)),
  'repeatable-writes': async ({ entries, label }) => void (await entries.write(label)),
  reads: async ({ entries, label }) => void (await entries.list({ where: { label } })),
  nothing: () => undefined,
  'throws-at-once': () => {
    throw failure()
  },
  'throws-later': async () => {
    await Promise.resolve()
    throw failure()
  },
  'throws-after-write': async ({ entries, label }) => {
    await entries.write(label)
    throw failure()
  },
  'throws-after-nested': async ({ entries, label }) => {
    await entries.unit.nested((inner) => inner.use(entriesOf(entries)).write(label))
    throw failure()
  },
  'throws-text': async ({ entries, label }) => {
    await entries.write(label)
    // oxlint-disable-next-line no-throw-literal -- what a handler may do
    throw 'a text'
  },
  'throws-nothing': async ({ entries, label }) => {
    await entries.write(label)
    // oxlint-disable-next-line no-throw-literal -- what a handler may do
    throw undefined
  },
  'throws-frozen': async ({ entries, label }) => {
    await entries.write(label)
    entries.unit.afterRollback(() => Promise.reject(failure()))
    throw Object.freeze(failure())
  },
  refuses: async ({ entries, label }) => {
    await entries.write(label)
    throw endingErrors.ENTRY_REFUSED()
  },
  'breaks-unique': async ({ entries, label }) => {
    await entries.write(label)
    await entries.write(label, { code: takenCode })
  },
  'swallows-database-error': async ({ entries, label }) => {
    await entries.write(label)
    await entries.write(label, { code: takenCode }).catch(() => undefined)
  },
  'swallows-and-goes-on': async ({ entries, label }) => {
    await entries.write(label)
    await entries.write(label, { code: takenCode }).catch(() => undefined)
    await entries.write(label).catch(() => undefined)
  },
  'catches-nested': async ({ entries, label }) => {
    await entries.write(label)
    await entries.unit
      .nested((inner) => inner.use(entriesOf(entries)).write(`${label} inner`, { code: takenCode }))
      .catch(() => undefined)
  },
  'nested-fails': async ({ entries, label }) => {
    await entries.write(label)
    await entries.unit.nested(async (inner) => {
      await inner.use(entriesOf(entries)).write(`${label} inner`)
      throw endingErrors.ENTRY_REFUSED()
    })
  },
  'nested-not-awaited': async ({ entries, label }) => {
    await entries.write(label)
    void entries.unit.nested((inner) => inner.use(entriesOf(entries)).write(`${label} inner`)).catch(() => undefined)
  },
  'statement-not-awaited': async ({ entries, label }) => {
    await entries.write(label)
    void entries.write(`${label} inner`).catch(() => undefined)
  },
  'all-at-once': async ({ entries, label }) => {
    await Promise.all([entries.write(label), entries.write(`${label} inner`)])
  },
  'unscoped-throws': async ({ entries, label }) => {
    await entries.write(label)
    await entries.unit.unscoped('a test', async () => {
      throw failure()
    })
  },
  'unscoped-caught': async ({ entries, label }) => {
    await entries.write(label)
    await entries.unit
      .unscoped('a test', async () => {
        throw failure()
      })
      .catch(() => undefined)
  },
  'answer-does-not-fit': async ({ entries, label }) => {
    await entries.write(label)
    return { text: 5 }
  },
  'answer-undeclared': async ({ entries, label }) => {
    await entries.write(label)
    return reply(404, { text: 'a refusal that is returned' })
  },
  'answer-unsendable': async ({ entries, label }) => {
    await entries.write(label)
    return reply(200, { text: label }, { 'x-label': 'a\r\nb' })
  },
  'answer-throws': async ({ entries, label }) => {
    await entries.write(label)
    return {
      get text(): string {
        throw failure()
      },
    }
  },
  'refused-at-commit': async ({ entries, label }) => void (await entries.write(label, { note: refusedAtCommit })),
  'conflicts-once': async (call) => conflictUntil(call, 2),
  'repeatable-conflicts-once': async (call) => conflictUntil(call, 2),
  'repeatable-conflicts-always': async (call) => conflictUntil(call, Infinity),
  'repeatable-conflicts-until-gone': async (call) => {
    if (call.run === 2) await gone(call)
    await conflictUntil(call, Infinity)
  },
  'repeatable-crosses': async ({ entries, label, run, stage }) => {
    // `a` and `b` meet once, each with the row that the other one wants.
    const [pair, side] = [label.slice(0, -1), label.at(-1)]
    await entries.write(label)
    await entries.hit(side === 'a' ? 'left' : 'right')
    if (run === 1) await stage.hold(`${pair}${side}`)
    await entries.hit(side === 'a' ? 'right' : 'left')
  },
  'after-commit-throws': async ({ entries, label }) => {
    entries.unit.afterCommit(() => {
      throw failure()
    })
    await entries.write(label)
  },
  'after-commit-waits': async ({ entries, label, stage }) => {
    entries.unit.afterCommit(() => stage.hold(label))
    await entries.write(label)
  },
  'after-commit-client-gone': async (call) => {
    call.entries.unit.afterCommit(() => gone(call))
    await call.entries.write(call.label)
  },
  'after-rollback-throws': async ({ entries, label }) => {
    entries.unit.afterRollback(() => Promise.reject(failure()))
    await entries.write(label)
    throw endingErrors.ENTRY_REFUSED()
  },
  'after-rollback-stores': async ({ entries, label }) => {
    const own = entriesOf(entries)
    entries.unit.afterRollback(async (later) => void (await later.use(own).write(`${label} later`)))
    await entries.write(label)
    throw endingErrors.ENTRY_REFUSED()
  },
  holds: async ({ entries, label, stage }) => {
    await entries.write(label)
    await stage.hold(label)
  },
  'client-gone': async (call) => {
    await call.entries.write(call.label)
    await gone(call)
  },
  'writes-twice': async ({ entries, label }) => {
    await entries.write(label)
    await entries.write(`${label} inner`)
  },
}

/** A conflict that the test's trigger reports as the engine would, up to the run in which there is none. */
async function conflictUntil({ entries, label, run }: Call, fineAt: number): Promise<void> {
  await entries.write(label)
  await entries.write(`${label} inner`, run < fineAt ? { note: conflicting } : {})
}

/** Says that it is here and waits until the server knows that nobody is left to answer. */
async function gone({ stage, label, signal }: Call): Promise<void> {
  stage.mark(label)
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
}

function entriesOf(entries: Entries): typeof Entries {
  return entries.constructor as typeof Entries
}
