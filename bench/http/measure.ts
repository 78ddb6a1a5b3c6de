import { load } from './load.ts'
import type { ServerProcess } from './server-process.ts'
import type { Work } from './works.ts'

export interface Timing {
  readonly rounds: number
  readonly windowMs: number
  /** Of each work, before its rounds. */
  readonly warmUpMs: number
  /** Of each server, before the first work: its code is compiled while it runs, and the more there is the longer it takes. */
  readonly startMs: number
}

/** Lets every server do some of everything. */
export async function warmUp(
  works: readonly Work[],
  servers: readonly ServerProcess[],
  { startMs }: Timing,
): Promise<void> {
  for (const { port } of servers) for (const work of works) await load(port, work, startMs / works.length)
}

/** What one subject did in one round. */
export interface Sample {
  readonly perSecond: number
  /** Processor time of the server for one request, in microseconds; a database server's own is not in it. */
  readonly cpuMicros: number
}

export interface Figures {
  readonly title: string
  /** Of each subject, in the order of the subjects, its rounds. */
  readonly samples: readonly (readonly Sample[])[]
}

/** The subjects take turns, another one first in each round, so that a busy machine slows all of them alike. */
export async function measure(work: Work, servers: readonly ServerProcess[], timing: Timing): Promise<Figures> {
  const { rounds, windowMs, warmUpMs } = timing
  for (const { port } of servers) await load(port, work, warmUpMs)
  const samples = servers.map((): Sample[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < servers.length; turn += 1) {
      const at = (round + turn) % servers.length
      samples[at]?.push(await sampleOf(work, servers[at] as ServerProcess, windowMs))
    }
  }
  return { title: work.title, samples }
}

async function sampleOf(work: Work, server: ServerProcess, windowMs: number): Promise<Sample> {
  const usedBefore = await server.cpuMicros()
  const { requests, elapsedMs } = await load(server.port, work, windowMs)
  const used = (await server.cpuMicros()) - usedBefore
  return { perSecond: (requests * 1000) / elapsedMs, cpuMicros: used / requests }
}
