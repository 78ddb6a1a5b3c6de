import { plainConnection, type SchemaEngine } from './plain-queries.ts'
import { printTurns } from './print-turns.ts'
import type { Models, StructureSubject } from './subject.ts'
import { takeTurns } from './take-turns.ts'

export interface NothingToDo {
  readonly title: string
  readonly engine: SchemaEngine
  readonly url: string
  readonly subject: StructureSubject
  readonly models: Models
  readonly rounds: number
  /** What the check may take at most, to the bare queries. */
  readonly highestRatio?: number
}

const bare = 'the same queries by the plain driver'
const check = 'check: introspection and mark'
const start = 'whole start: models, check, seeds'

/** What a start costs that has nothing to do, beside the bare queries that it sends. The structure is as the models say. */
export async function nothingToDo(options: NothingToDo): Promise<void> {
  const { title, engine, url, subject, models, rounds, highestRatio } = options
  const declared = subject.declared(models)
  const first = await subject.start(models)
  if (first.steps.length > 0 || !(await subject.isInSync(declared)))
    throw new Error(`${title}: there is something to do`)
  const plain = await plainConnection(engine, url)
  try {
    const contestants = [
      {
        name: bare,
        once: async () => {
          for (const sql of subject.checkQueries) await plain.send(sql)
        },
      },
      { name: check, once: () => subject.isInSync(declared) },
      { name: start, once: () => subject.start(models) },
    ]
    const turns = await takeTurns(contestants, rounds)
    const { statements } = await subject.start(models)
    const goals = highestRatio === undefined ? [] : [{ name: check, highestRatio }]
    const queries = subject.checkQueries.length - 1
    printTurns(`${title}: nothing to do (${queries} catalogue queries, ${statements} statements in all)`, turns, goals)
  } finally {
    await plain.close()
  }
}
