import { join } from 'node:path'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { StructureVocabulary } from '../../src/schema/index.ts'
import { withScratch, type Scratch } from '../../src/sync/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { lawEngine } from '../laws/laws-bench.ts'

/** Databases that a walk goes on: each is empty in the beginning. */
export interface WalkBench {
  readonly vocabulary: StructureVocabulary
  readonly dialectName: string
  /** Where revisions are planned, tried and joined. */
  readonly drafting: Scratch
  /** Where paths are gone, with rows. */
  readonly live: Scratch
  /** Where structures are made from nothing. */
  readonly fresh: Scratch
}

/** Work on databases of an engine, made beside a database and dropped afterwards. */
export async function withWalkBench<T>(
  { engine, url }: { readonly engine: EngineName; readonly url: string },
  work: (bench: WalkBench) => Promise<T>,
): Promise<T> {
  const dialect = await dialectOf(url)
  const { vocabulary } = await lawEngine(engine)
  const parts = {
    scratch: dialect.scratch,
    open: dialect.runtime.open.bind(dialect.runtime),
    schema: dialect.schema,
    url,
    given: null,
    production: false,
  }
  return withScratch(parts, (drafting) =>
    withScratch(parts, (live) =>
      withScratch(parts, (fresh) =>
        work({
          vocabulary: vocabulary(drafting.parts.driver.capabilities),
          dialectName: dialect.runtime.name,
          drafting,
          live,
          fresh,
        }),
      ),
    ),
  )
}

/** The folder that holds a folder for each engine. */
export function revisionsIn(folder: string): string {
  return join(folder, 'migrations')
}
