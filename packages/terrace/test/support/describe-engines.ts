import { afterAll, describe, expect, test } from 'vitest'
import {
  availabilityOf,
  engineNames,
  freshDatabase,
  type Availability,
  type EngineName,
  type TestDatabase,
} from '../../src/testing/servers.ts'

export interface EngineUnderTest {
  readonly name: EngineName
  /** A new empty database, dropped after the tests of this block. Close what you opened on it before (in `afterAll`). */
  fresh(): Promise<TestDatabase>
}

const asked = process.env['TERRACE_TEST_ENGINES']?.split(',') ?? engineNames
const availability = await Promise.all(engineNames.filter((name) => asked.includes(name)).map(availabilityOf))
for (const found of availability)
  if (!found.isAvailable) console.warn(`${found.engine}: tests are skipped, ${found.reason}`)

/**
 * Declares the same tests for each engine. One that does not answer is skipped, with the reason in the block's name and on
 * stderr, or fails when `TERRACE_TEST_REQUIRE` names it. `TERRACE_TEST_ENGINES` names those to test on, by default all.
 *
 * ```ts
 * describeEngines('unique rules', (engine) => {
 *   test('…', async () => { const { url } = await engine.fresh() … })
 * })
 * ```
 */
export function describeEngines(
  title: string,
  declare: (engine: EngineUnderTest) => void,
  engines: readonly EngineName[] = engineNames,
): void {
  for (const found of availability) {
    if (!engines.includes(found.engine)) continue
    if (found.isAvailable) describe(`${title} · ${found.engine}`, () => declare(engineUnderTest(found.engine)))
    else describeUnavailable(title, found)
  }
}

function describeUnavailable(title: string, found: Extract<Availability, { isAvailable: false }>): void {
  if (found.isRequired)
    test(`${title} · ${found.engine} is required by TERRACE_TEST_REQUIRE`, () => expect.fail(found.reason))
  else describe.skip(`${title} · ${found.engine} (skipped: ${found.reason})`, () => test('needs the server', () => {}))
}

function engineUnderTest(name: EngineName): EngineUnderTest {
  const databases: TestDatabase[] = []
  afterAll(async () => {
    for (const database of databases) await database.drop()
  })
  const fresh = async (): Promise<TestDatabase> => {
    const database = await freshDatabase(name)
    databases.push(database)
    return database
  }
  return { name, fresh }
}
