import { runOn, type Row } from './depot-state.ts'
import { startDepot } from './start-depot.ts'
import { loadedStarter, schemeOf, type StarterExit, type StartOrder } from './starter.ts'

export interface Competition {
  /** Each process: its exit code and what it wrote to stderr. */
  readonly exits: readonly string[]
  /** How many processes changed the structure. */
  readonly workers: number
  /** Tables that were seeded, by whomever: each is a transaction of its own, and whoever begins it first does it. */
  readonly seeded: number
  readonly end: CompetitionEnd
  /** When the last one was ready, in milliseconds after the orders. */
  readonly readyMs: number
}

/** Processes that have loaded and are all given their order at once. */
export async function competition(count: number, order: StartOrder): Promise<Competition> {
  const starters = await Promise.all(Array.from({ length: count }, () => loadedStarter(schemeOf(order.url))))
  const startedAt = performance.now()
  for (const starter of starters) starter.start(order)
  const exits = await Promise.all(starters.map(({ exit }) => exit))
  const readyMs = performance.now() - startedAt
  const answers = exits.flatMap(({ answer }) => answer ?? [])
  const workers = answers.filter(({ steps }) => steps > 0).length
  const seeded = answers.reduce((sum, answer) => sum + answer.seeded, 0)
  return { exits: exits.map(endedHow), workers, seeded, end: await competitionEnd(order.url), readyMs }
}

function endedHow({ code, signal, errorText }: StarterExit): string {
  return `${code ?? signal}${errorText}`
}

/** What many starters have left: one revision, each seed once, nothing to do. */
export interface CompetitionEnd {
  readonly revisions: readonly Row[]
  readonly openSteps: number
  readonly ownedTables: number
  readonly skills: readonly unknown[]
  readonly countries: readonly unknown[]
  readonly leftToDo: number
}

async function competitionEnd(url: string): Promise<CompetitionEnd> {
  const again = await startDepot({ url, release: 1, anew: true })
  return {
    revisions: await runOn(url, 'select door, state from terrace_revision'),
    openSteps: (await runOn(url, `select n from terrace_step where state <> 'done'`)).length,
    ownedTables: (await runOn(url, `select path from terrace_object where kind = 'table'`)).length,
    skills: (await runOn(url, 'select id from skills order by id')).map(({ id }) => Number(id)),
    countries: (await runOn(url, 'select code from countries order by code')).map(({ code }) => code),
    leftToDo: again.steps.length + again.seeded.length + again.notOwned.length,
  }
}

export interface Takeover {
  readonly holder: string
  readonly heir: string
  /** From the holder's death until the other one was ready, in milliseconds. */
  readonly readyMs: number
  readonly end: CompetitionEnd
}

/** Two starters, of which the one that works is killed. */
export async function takeover(url: string): Promise<Takeover> {
  const [holder, heir] = await Promise.all([loadedStarter(schemeOf(url)), loadedStarter(schemeOf(url))])
  holder.start({ url, release: 1 })
  await holder.said('applied')
  heir.start({ url, release: 1 })
  holder.kill()
  const killedAt = performance.now()
  const heirExit = await heir.exit
  const readyMs = performance.now() - killedAt
  const holderExit = await holder.exit
  return { holder: endedHow(holderExit), heir: endedHow(heirExit), readyMs, end: await competitionEnd(url) }
}
