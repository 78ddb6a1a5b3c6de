import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unscoped, type Database } from '../../../src/database/index.ts'
import { Random } from '../../../src/testing/structures/random.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { openModels } from '../../support/open-models.ts'
import { allStepKinds, ProgramMaker, type Program, type StepKind } from './program-maker.ts'
import { models } from './program-models.ts'
import { actors, type Rows } from './program-rows.ts'
import { everyRow, refill } from './program-world.ts'
import { changesOthers, runAndUndo, runForReal, violationsOf, type ProgramOutcome } from './run-program.ts'

/** Many more by `npm run test:writes`; `TERRACE_WRITE_SEED` repeats a run or begins another. */
const count = Number(process.env['TERRACE_WRITE_PROGRAMS'] ?? 30)
const firstSeed = Number(process.env['TERRACE_WRITE_SEED'] ?? 20_260_301)

interface Found {
  readonly seed: number
  readonly program: Program
  readonly outcome: ProgramOutcome
  readonly violations: readonly string[]
  /** The same program with keys of no row in the place of foreign ones gave something else. */
  readonly isTold: boolean
  /** With the guard off it changes rows of others; null where that was not tried. */
  readonly isOpenHarmful: boolean | null
}

describeEngines(
  'X1, D4, B12: programs made by chance change rows of their actor alone',
  (engine) => {
    let db: Database
    let before: Rows
    beforeAll(async () => {
      ;({ db } = await openModels(engine, models))
      await fill()
    })
    afterAll(() => db?.close())

    async function fill(): Promise<void> {
      await db.session(unscoped('programs'), refill)
      before = await db.session(unscoped('programs'), everyRow)
    }

    async function foundOf(seed: number): Promise<Found> {
      const made = (): Program => new ProgramMaker(new Random(seed), actors, db.capabilities).make()
      const program = made()
      const isReal = seed % 10 === 0
      const outcome = isReal
        ? await runForReal(db, program)
        : await runAndUndo(db, program, { isProbe: false, isOpen: false })
      const violations = violationsOf(program, before, outcome)
      if (isReal && !isDeepStrictEqual(outcome.rows, before)) await fill()
      const isTold = !program.tells && !isDeepStrictEqual(told(outcome), told(await probeOf(made())))
      return { seed, program, outcome, violations, isTold, isOpenHarmful: await isHarmful(seed, made()) }
    }

    const probeOf = (program: Program) => runAndUndo(db, program, { isProbe: true, isOpen: false })

    /** Of many one in four is run without the guard too. */
    async function isHarmful(seed: number, program: Program): Promise<boolean | null> {
      if (count > 100 && seed % 4 !== 1) return null
      return changesOthers(program, before, await runAndUndo(db, program, { isProbe: false, isOpen: true }))
    }

    test(`${count} programs from seed ${firstSeed}`, { timeout: 60_000 + count * 1_000 }, async () => {
      const found: Found[] = []
      for (let seed = firstSeed; seed < firstSeed + count; seed += 1) found.push(await foundOf(seed))
      report(engine.name, found)
      expect(
        found
          .filter(({ violations }) => violations.length > 0)
          .slice(0, 3)
          .map(described),
      ).toEqual([])
      expect(
        found
          .filter(({ isTold }) => isTold)
          .slice(0, 3)
          .map(described),
      ).toEqual([])
      // Programs that change nothing, and rows that nobody could reach anyway, would prove nothing.
      const steps = found.flatMap(({ outcome }) => outcome.steps)
      expect(share(steps, ({ changed }) => changed)).toBeGreaterThanOrEqual(0.5)
      expect(harmful(found)).toBeGreaterThanOrEqual(0.25)
      const least = Math.floor((count * 6.5) / 400)
      expect(allStepKinds.filter((kind) => (countsOf(found)[kind] ?? 0) < least)).toEqual([])
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

const told = ({ steps, ended }: ProgramOutcome): unknown => JSON.parse(JSON.stringify([steps, ended]))

const harmful = (found: readonly Found[]): number =>
  share(
    found.filter(({ isOpenHarmful }) => isOpenHarmful !== null),
    ({ isOpenHarmful }) => isOpenHarmful === true,
  )

function described({ seed, program, outcome, violations }: Found): object {
  const steps = program.steps.map(({ text }, at) => `${text} → ${JSON.stringify(outcome.steps[at]?.result)}`)
  return { seed, actor: program.actor.name, violations, ended: outcome.ended, steps }
}

function share<T>(list: readonly T[], holds: (one: T) => boolean): number {
  return list.filter(holds).length / Math.max(1, list.length)
}

function countsOf(found: readonly Found[]): Partial<Record<StepKind, number>> {
  const counts: Partial<Record<StepKind, number>> = {}
  for (const { program, outcome } of found)
    for (const { kind } of program.steps.slice(0, outcome.steps.length)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function report(engine: string, found: readonly Found[]): void {
  const steps = found.flatMap(({ outcome }) => outcome.steps)
  const percent = (part: number) => `${Math.round(part * 1000) / 10} %`
  const refusals = Map.groupBy(
    steps.filter(({ isRefused }) => isRefused),
    ({ result }) => String(result).split(':')[0] ?? '',
  )
  const changes = allStepKinds.map((kind) => {
    const of = found.flatMap(({ program, outcome }) =>
      outcome.steps.filter((_, at) => program.steps[at]?.kind === kind),
    )
    return `${kind} ${of.length} (${percent(share(of, ({ changed }) => changed))})`
  })
  console.info(
    [
      `${engine}: ${found.length} programs, ${steps.length} steps, of which ${percent(share(steps, ({ changed }) => changed))} changed something`,
      `ended: committed ${percent(share(found, ({ outcome }) => outcome.ended === 'committed'))}, compared with the probe ${percent(share(found, ({ program }) => !program.tells))}`,
      `change others’ rows with the guard off: ${percent(harmful(found))}`,
      `steps that changed something: ${changes.join(', ')}`,
      `refusals: ${[...refusals].map(([code, all]) => `${code} ${all.length}`).join(', ')}`,
    ].join('\n  '),
  )
}
