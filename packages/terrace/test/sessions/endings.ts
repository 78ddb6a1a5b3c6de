import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineName } from '../../src/testing/servers.ts'
import { ask, sendBegun, type Asked, type Asking } from './asks.ts'
import type { Stand } from './stand.ts'

/** What of a request is stored: its write, the write inside it (`inner`), what a hook wrote afterwards (`later`). */
export type Stored = readonly ('write' | 'inner' | 'later')[]

/** One way in which a request can end. */
export interface Ending {
  readonly name: string
  /** Null: no answer comes. `broken`: 200, and what follows is cut. */
  readonly status: number | null | 'broken'
  readonly code?: string
  /** A list of lists: one of them, and nobody can know which. */
  readonly stored: Stored | readonly Stored[]
  /** Lines of the level `error` in the log. */
  readonly logged?: number
  /** How often the work runs. Default 1 or, where `stored` is empty, any number. */
  readonly runs?: number
  /** Default: all but PGlite. */
  readonly engines?: readonly EngineName[]
  /** Also among the random requests: it needs nobody else and hinders nobody else. */
  readonly mixes: boolean
  ask(stand: Stand, label: string): Promise<Asked>
}

const servers: readonly EngineName[] = ['postgres', 'mysql']
const lasting: readonly EngineName[] = ['sqliteFile', ...servers]
const [none, write]: [Stored, Stored] = [[], ['write']]

/** A POST with the label as its body. */
export function post(
  { app, agent }: Pick<Stand, 'app' | 'agent'>,
  way: string,
  label: string,
  more: Partial<Asking> = {},
): Promise<Asked> {
  return ask({ url: `${app.url}/${way}`, agent, body: JSON.stringify({ label }), ...more })
}

type Facts = Omit<Ending, 'name' | 'ask' | 'mixes'> & Partial<Pick<Ending, 'ask' | 'mixes'>>

/** Asked by a plain POST unless it says otherwise; such ones are mixed. */
function ending(name: string, way: string, facts: Facts): Ending {
  const asked: Ending['ask'] = (stand, label) => post(stand, way, label)
  return { name, mixes: facts.ask === undefined, ask: asked, ...facts }
}

const internal = { status: 500, code: 'INTERNAL', stored: none, logged: 1 } as const
const refused = { status: 409, code: 'ENTRY_REFUSED', stored: none } as const
const unavailable = { status: 503, stored: none } as const

const byTheHandler: readonly Ending[] = [
  ending('the handler writes and returns', 'writes', { status: 200, stored: write, runs: 1 }),
  ending('the handler only reads', 'reads', { status: 200, stored: none }),
  ending('the handler does nothing', 'nothing', { status: 200, stored: none }),
  ending('the handler throws at once', 'throws-at-once', internal),
  ending('the handler rejects', 'throws-later', internal),
  ending('the handler throws after a write', 'throws-after-write', internal),
  ending('the handler throws after a nested session', 'throws-after-nested', internal),
  ending('the handler throws a text', 'throws-text', internal),
  ending('the handler throws undefined', 'throws-nothing', internal),
  // One line for the request, one for the hook that nobody else hears of.
  ending('the handler throws what cannot carry a further failure', 'throws-frozen', { ...internal, logged: 2 }),
  ending('the handler throws an error of the domain', 'refuses', refused),
  ending('a unique rule is broken', 'breaks-unique', { status: 409, code: 'UNIQUE', stored: none }),
  ending('a database error is swallowed, and success returned', 'swallows-database-error', internal),
  ending('a database error is swallowed, and the work goes on', 'swallows-and-goes-on', internal),
  ending('a nested session fails and is caught', 'catches-nested', { status: 200, stored: write }),
  ending('a nested session fails', 'nested-fails', refused),
  ending('a nested session is not awaited', 'nested-not-awaited', { ...internal, engines: servers }),
  ending('a statement is not awaited', 'statement-not-awaited', { ...internal, engines: servers }),
  // An embedded engine has answered it by then, or may have.
  ending('a nested session is not awaited', 'nested-not-awaited', {
    status: 200,
    stored: [write, ['write', 'inner']],
    engines: ['sqliteFile', 'sqliteMemory'],
  }),
  ending('a statement is not awaited', 'statement-not-awaited', {
    status: 200,
    stored: ['write', 'inner'],
    engines: ['sqliteFile', 'sqliteMemory'],
  }),
  ending('two statements at once', 'all-at-once', internal),
  ending('an unscoped part throws', 'unscoped-throws', internal),
  ending('an unscoped part throws and is caught', 'unscoped-caught', { status: 200, stored: write }),
  ending('another unit of work is opened inside it', 'session-besides', internal),
]

const byTheAnswer: readonly Ending[] = [
  ending('the answer does not fit its shape', 'answer-does-not-fit', internal),
  ending('the answer has a status that is not declared: a refusal that is returned', 'answer-undeclared', internal),
  ending('the answer has a header that cannot be sent', 'answer-unsendable', internal),
  ending('the answer throws when it is read', 'answer-throws', internal),
  ending('the answer is content', 'content-text', { status: 200, stored: write }),
  ending('the answer is content in pieces', 'content-pieces', { status: 200, stored: write }),
  ending('the answer is content without a piece', 'content-empty', { status: 200, stored: write }),
  ending('content fails before its first piece', 'content-fails-first', internal),
  ending('the first piece of content is none', 'content-wrong-first', internal),
  ending('content is none', 'content-no-content', internal),
  ending('content asks its services for the first piece', 'content-asks-first', { status: 200, stored: write }),
  ending('content asks its services for a later piece', 'content-asks-later', {
    status: 'broken',
    stored: write,
    logged: 1,
  }),
  ending('content fails in the middle', 'content-fails-later', { status: 'broken', stored: write, logged: 1 }),
  ending('content has another length than it says', 'content-wrong-length', internal),
  ending('HEAD of a route that writes', 'asked', {
    status: 200,
    stored: write,
    mixes: true,
    ask: ({ app, agent }, label) =>
      ask({ url: `${app.url}/asked?label=${encodeURIComponent(label)}`, method: 'HEAD', agent }),
  }),
  ending('OPTIONS of a route that writes', 'writes', {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    stored: none,
    mixes: true,
    ask: (stand, label) => post(stand, 'writes', label, { method: 'OPTIONS' }),
  }),
]

const beforeTheHandler: readonly Ending[] = [
  ending('the body is no JSON', 'writes', {
    status: 400,
    code: 'MALFORMED_JSON',
    stored: none,
    mixes: true,
    ask: (stand, label) => post(stand, 'writes', label, { body: `{"label":"${label}"` }),
  }),
  ending('the body is not valid', 'writes', {
    status: 422,
    code: 'VALIDATION',
    stored: none,
    mixes: true,
    ask: (stand, label) => post(stand, 'writes', label, { body: JSON.stringify({ label, more: 1 }) }),
  }),
  ...(
    [
      ['nobody is proved', 'guarded', {}, { status: 401, code: 'UNAUTHENTICATED', stored: none }],
      ['somebody else is proved', 'guarded', bearing('other'), { status: 401, code: 'UNAUTHENTICATED', stored: none }],
      ['the authentication fails', 'guarded', bearing('fails'), internal],
      ['somebody is proved', 'guarded', bearing('guest'), { status: 200, stored: write }],
      ['a role is missing', 'roles', bearing('guest'), { status: 403, code: 'ROLE_MISSING', stored: none }],
    ] as const
  ).map(([name, way, headers, facts]) =>
    ending(name, way, { ...facts, mixes: true, ask: (stand, label) => post(stand, way, label, { headers }) }),
  ),
  ending('a dependency refuses, after a write of its own', 'dependency-refuses', refused),
  ending('a dependency cannot be finished', 'dependency-untidy', { status: 200, stored: write, logged: 1 }),
  ending('a dependency cannot be finished, of what was refused', 'dependency-untidy-refuses', {
    ...refused,
    logged: 1,
  }),
]

function bearing(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` }
}

const byTheHooks: readonly Ending[] = [
  ending('a hook after the commit throws', 'after-commit-throws', { status: 200, stored: write, logged: 1 }),
  ending('a read-only session of a hook writes', 'read-only-writes', { status: 200, stored: write, logged: 1 }),
  ending('a hook after the rollback throws', 'after-rollback-throws', { ...refused, logged: 1 }),
  ending('a hook after the rollback stores', 'after-rollback-stores', { ...refused, stored: ['later'] }),
  ending('a hook after the commit never ends, and the client leaves', 'after-commit-waits', {
    status: null,
    stored: write,
    ask: async (stand, label) => {
      const asked = leaving(stand, 'after-commit-waits', label)
      const { app, stage } = stand
      await stage.reached(label)
      // It holds nothing but the request: the connection is back, and the write is there for all.
      const seen = [await stand.stored(label), app.database.stats().size - app.database.stats().idle]
      stage.open(label)
      const answer = await asked
      if (seen[0]?.toString() !== label || seen[1] !== 0)
        throw new Error(`the hook holds more than its request: ${String(seen)}`)
      return answer
    },
  }),
]

/** The client ends its connection once the work of its request has come to a certain place. */
async function leaving(stand: Stand, way: string, label: string): Promise<Asked> {
  return post(stand, way, label, {
    begun: (asked) => void stand.stage.reached(label).then(() => asked.destroy()),
  })
}

const byTheClient: readonly Ending[] = [
  ending('the client leaves before its body has ended', 'writes', {
    status: null,
    stored: none,
    runs: 0,
    mixes: true,
    ask: ({ app }, label) => sendBegun(app.url, unfinished(label), { leaveAfterMs: 5 }),
  }),
  ending('the client does not send its body to the end in time', 'writes', {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    stored: none,
    runs: 0,
    ask: ({ app }, label) => sendBegun(app.url, unfinished(label)),
  }),
  ending('the client leaves while the handler works', 'client-gone', {
    status: null,
    stored: none,
    mixes: true,
    ask: (stand, label) => leaving(stand, 'client-gone', label),
  }),
  ending('the client leaves after the commit, before its answer', 'after-commit-client-gone', {
    status: null,
    stored: write,
    mixes: true,
    ask: (stand, label) => leaving(stand, 'after-commit-client-gone', label),
  }),
  ending('the client leaves in the middle of its answer', 'content-endless', {
    status: 'broken',
    stored: write,
    mixes: true,
    ask: async (stand, label) => {
      const answer = await post(stand, 'content-endless', label, { received: (asked) => void asked.destroy() })
      if (answer.status === 200) await stand.stage.reached(label)
      return answer
    },
  }),
  ending('the client leaves at once', 'writes', {
    status: null,
    stored: [none, write],
    mixes: true,
    ask: (stand, label) =>
      post(stand, 'writes', label, {
        begun: (asked) => asked.once('finish', () => setImmediate(() => asked.destroy())),
      }),
  }),
]

function unfinished(label: string): string {
  const body = `{"label":"${label}"`
  return `POST /writes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 1}\r\n\r\n${body}`
}

const byConflicts: readonly Ending[] = [
  ending('the commit is refused by a rule that is checked there', 'refused-at-commit', {
    status: 422,
    code: 'VALIDATION',
    stored: none,
    engines: ['postgres'],
  }),
  ending('the commit is refused by a reference that is checked there', 'refused-at-commit', {
    ...internal,
    engines: ['sqliteFile'],
  }),
  ending('the commit is refused of content that cannot be let go', 'content-untidy', {
    status: 422,
    code: 'VALIDATION',
    stored: none,
    logged: 1,
    engines: ['postgres'],
  }),
  ending('a conflict, of work that may not run again', 'conflicts-once', {
    ...unavailable,
    code: 'DATABASE_BUSY',
    runs: 1,
    engines: servers,
  }),
  ending('a conflict, once, of work that may', 'repeatable-conflicts-once', {
    status: 200,
    stored: ['write', 'inner'],
    runs: 2,
    engines: servers,
  }),
  ending('a conflict at each run', 'repeatable-conflicts-always', {
    ...unavailable,
    code: 'DATABASE_BUSY',
    runs: 4,
    engines: servers,
  }),
  ending('a conflict, and the client leaves before the work runs again', 'repeatable-conflicts-until-gone', {
    status: null,
    stored: none,
    runs: 2,
    engines: servers,
    mixes: true,
    ask: (stand, label) => leaving(stand, 'repeatable-conflicts-until-gone', label),
  }),
  ending('a deadlock of two, each of which may run again', 'repeatable-crosses', {
    status: 200,
    stored: write,
    engines: servers,
    ask: async (stand, label) => {
      // `label` ends as it began for whoever looks for it: `a` is it, and `b` another one.
      const sides = [`${label}a`, `${label}b`]
      const both = Promise.all(sides.map((side) => post(stand, 'repeatable-crosses', side)))
      for (const side of sides) await stand.stage.reached(side)
      for (const side of sides) stand.stage.open(side)
      const answers = await both
      const wrong = answers.find(({ status }) => status !== 200)
      return wrong ?? post(stand, 'writes', label)
    },
  }),
]

/** The whole message, as it is sent: BEGIN and the settings of a connection have the word in them too. */
function commitOf(engine: EngineName): string {
  return engine === 'postgres' ? '\u000bcommit' : '\u0003commit'
}

const byTheDatabase: readonly Ending[] = [
  ...(['before', 'after'] as const).flatMap((when) =>
    (['cutAt', 'silenceAt'] as const).map((how) =>
      ending(
        `the answer to COMMIT never comes: ${how === 'cutAt' ? 'cut' : 'silence'} ${when} the server has it`,
        'repeatable-writes',
        {
          status: 503,
          code: 'COMMIT_UNKNOWN',
          stored: when === 'before' ? none : write,
          runs: 1,
          engines: servers,
          ask: (stand, label) => {
            stand.proxy?.[how](commitOf(stand.engine), when)
            return post(stand, 'repeatable-writes', label)
          },
        },
      ),
    ),
  ),
  ending('the connection is cut in the middle', 'writes-twice', {
    ...unavailable,
    code: 'DATABASE_UNAVAILABLE',
    engines: servers,
    ask: (stand, label) => {
      stand.proxy?.cutAt(`${label} inner`, 'after')
      return post(stand, 'writes-twice', label)
    },
  }),
  ending('the database falls silent in the middle', 'writes-twice', {
    ...unavailable,
    code: 'DATABASE_TIMEOUT',
    engines: servers,
    ask: (stand, label) => {
      stand.proxy?.silenceAt(`${label} inner`, 'after')
      return post(stand, 'writes-twice', label)
    },
  }),
  ending('the database is down', 'writes', {
    ...unavailable,
    code: 'DATABASE_UNAVAILABLE',
    runs: 1,
    engines: servers,
    ask: async (stand, label) => {
      stand.proxy?.setDown(true)
      const answer = await post(stand, 'writes', label)
      stand.proxy?.setDown(false)
      return answer
    },
  }),
  ending('no connection becomes free', 'writes', {
    ...unavailable,
    code: 'POOL_TIMEOUT',
    ask: async (stand, label) => {
      const count = stand.engine.startsWith('sqlite') ? 1 : 4
      const holding = Array.from({ length: count }, (_, at) => `held ${at} ${label}`)
      const held = holding.map((other) => post(stand, 'holds', other))
      for (const other of holding) await stand.stage.reached(other)
      const answer = await post(stand, 'writes', label)
      for (const other of holding) stand.stage.open(other)
      const wrong = (await Promise.all(held)).find(({ status }) => status !== 200)
      return wrong ?? answer
    },
  }),
]

const byTheStop: readonly Ending[] = [
  ending('the server is stopping, and the work ends in time', 'holds', {
    status: 200,
    stored: write,
    engines: lasting,
    ask: async (stand, label) => {
      const other = await stand.another()
      const asked = post({ ...stand, app: other }, 'holds', label)
      await stand.stage.reached(label)
      const stopped = other.stop()
      await sleep(50)
      stand.stage.open(label)
      await stopped
      return asked
    },
  }),
  ending('the server is stopping, and the work does not end in time', 'client-gone', {
    status: null,
    stored: none,
    engines: lasting,
    ask: async (stand, label) => {
      const other = await stand.another({ drainMs: 100 })
      const asked = post({ ...stand, app: other }, 'client-gone', label)
      await stand.stage.reached(label)
      await other.stop()
      return asked
    },
  }),
  ending('the server has stopped', 'writes', {
    status: null,
    stored: none,
    engines: lasting,
    ask: async (stand, label) => {
      const other = await stand.another()
      await other.stop()
      return post({ ...stand, app: other }, 'writes', label)
    },
  }),
]

export const endings: readonly Ending[] = [
  ...byTheHandler,
  ...byTheAnswer,
  ...beforeTheHandler,
  ...byTheHooks,
  ...byTheClient,
  ...byConflicts,
  ...byTheDatabase,
  ...byTheStop,
]

export function endingsOn(engine: EngineName): readonly Ending[] {
  return endings.filter(({ engines }) => engines === undefined || engines.includes(engine))
}
