import { openStructure, type Plan } from '../../src/connect/index.ts'
import type { Models } from './pulled-folder.ts'

/** Everything that a plan of these models would do, refuse or leave to a person; empty for a plan that finds nothing to do. */
export async function planOf(url: string, models: Models): Promise<readonly string[]> {
  return withStructureOf(url, models, async (structure) => toldBy(await structure.plan()))
}

export function toldBy({ steps, drift, frozen }: Plan): readonly string[] {
  return [
    ...steps.flatMap(({ statements }) => statements),
    ...[...drift, ...frozen].map(({ object, reason, live, wanted }) => `${object}: ${reason}: ${live} → ${wanted}`),
  ]
}

type Opened = Awaited<ReturnType<typeof openStructure>>

export async function withStructureOf<T>(
  url: string,
  models: Models,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const structure = await openStructure(url, { models })
  try {
    return await work(structure)
  } finally {
    await structure.close()
  }
}
