import { renamePath, type LiveStructure, type ObjectPath, type Snapshot } from '../../../schema/index.ts'
import { errors } from '../../../errors/index.ts'
import { Journal } from '../../journal/journal.ts'
import { ledgerKey, type Ledger } from '../../journal/ledger.ts'
import { prepareBetween } from '../../startup/align-structure.ts'
import { handChanged, type Found } from '../../startup/plan-structure.ts'
import { statementsOf } from '../statements-of.ts'
import { compareDeclared } from './compare-declared.ts'
import { countChecks } from './count-checks.ts'
import { declaredAt } from './declared-at.ts'
import { expectedLedger } from './expected-ledger.ts'
import {
  MigrationJournal,
  nothingBefore,
  underWay,
  type Before,
  type JournaledRevision,
  type StepMark,
} from './migration-journal.ts'
import { statementsIn, type Passage, type PassageStep } from './passage.ts'
import { brokenReaders, refuseBreaking } from './readers.ts'
import { refuseInterrupted, type OpenPlan } from './run-step.ts'
import { controlsTransaction } from './statement-kinds.ts'
import { stepFailed } from './step-failed.ts'
import { strangersOf } from './strangers.ts'

/** A revision that was begun, now or by an earlier run. */
export interface Begun extends OpenPlan {
  readonly declared: { readonly before: Snapshot; readonly after: Snapshot }
  readonly before: Before
  /** See `Settling.drifted`. */
  drifted(): Promise<readonly string[]>
}

/**
 * Looks whether a revision has to be gone, asks whether it can be, and writes down that it was begun. Null where another process
 * has done it meanwhile. `MIGRATION_ELSEWHERE`, `MIGRATION_REFUSED`, `MIGRATION_RESUME`.
 */
export async function beginRevision(passage: Passage): Promise<Begun | null> {
  const { runner, dialect, revision, direction } = passage
  refuseInterrupted(passage)
  const isAtomic = dialect.transactionalDdl
  const found = await prepareBetween({ runner, dialect, isAtomic })
  const applied = await new MigrationJournal(runner, dialect).read()
  const own = applied.find((each) => each.revision === revision.revision)
  if (direction === 'upgrade' ? own?.state === 'done' : own === undefined) return null
  const declared = declaredAround(passage, applied)
  if (own !== undefined && own.state === underWay[direction]) return resumed(passage, own, declared)
  refuseElsewhere(passage, applied)
  return begun(passage, { found, declared, own })
}

function declaredAround(
  { history, revision, direction }: Passage,
  applied: readonly JournaledRevision[],
): Begun['declared'] {
  const without = new Set(applied.map((each) => each.revision))
  without.delete(revision.revision)
  const below = declaredAt(history, without)
  const above = declaredAt(history, new Set([...without, revision.revision]))
  return direction === 'upgrade' ? { before: below, after: above } : { before: above, after: below }
}

/** What another process has done or begun since the path was found. */
function refuseElsewhere({ revision, direction }: Passage, applied: readonly JournaledRevision[]): void {
  const done = new Set(applied.filter(({ state }) => state === 'done').map((each) => each.revision))
  const missing = revision.parents.filter((parent) => !done.has(parent))
  const children = applied.filter(({ parents }) => parents.includes(revision.revision)).map((each) => each.revision)
  const between = applied.filter((each) => each.state !== 'done').map((each) => each.revision)
  const problems = [
    ...(direction === 'upgrade' ? missing.map((parent) => `its parent ${parent} is not applied`) : []),
    ...(direction === 'downgrade' ? children.map((child) => `${child}, which comes after it, is applied`) : []),
    ...between.map((other) => `${other} was begun and has not come to its end`),
  ]
  if (problems.length === 0) return
  throw errors.MIGRATION_ELSEWHERE({
    values: { direction, revision: revision.revision, problem: problems.join(', ') },
  })
}

function resumed(passage: Passage, own: JournaledRevision, declared: Begun['declared']): Begun {
  const marks = new Map(own.marks.map((mark) => [mark.n, mark]))
  refuseOtherSteps(passage, marks)
  refuseTransactions(passage, passage.steps)
  passage.progress.isKept = true
  const { plan, before } = own
  const counted = new Set(before.counted)
  return { plan, marks, counted, declared, before, drifted: () => Promise.resolve(before.drifted) }
}

/** What was done has to be what the file says; what comes after it may have been corrected. */
function refuseOtherSteps({ revision, direction, steps }: Passage, marks: ReadonlyMap<number, StepMark>): void {
  const isStarted = ({ isDone, statement, before }: StepMark): boolean => isDone || statement > 0 || before !== null
  const other = [...marks.values()].find((mark) => isStarted(mark) && steps[mark.n - 1]?.hash !== mark.hash)
  if (other === undefined) return
  const problem = `step ${other.n} has been ${other.isDone ? 'done' : 'begun'} and is another one now`
  throw errors.MIGRATION_RESUME({ values: { file: revision.file, direction, problem } })
}

function refuseTransactions(passage: Passage, steps: readonly PassageStep[]): void {
  for (const step of steps) {
    const sql = 'sql' in step.step ? statementsOf(step.step).find(controlsTransaction) : undefined
    if (sql === undefined) continue
    throw stepFailed(
      passage,
      { step, sql },
      new Error('a step neither begins nor ends a transaction: the revision is one'),
    )
  }
}

interface Beginning {
  readonly found: Found
  readonly declared: Begun['declared']
  readonly own: JournaledRevision | undefined
}

async function begun(passage: Passage, { found, declared, own }: Beginning): Promise<Begun> {
  const { runner, dialect, steps, isWhole, units } = passage
  refuseTransactions(passage, steps)
  refuseBreaking(passage, found.live, declared)
  const counted = await countChecks(passage, steps, found.live)
  const drifted = (): Promise<readonly string[]> => driftedBefore(passage, found, declared.before)
  const before = {
    ...beforeOf(passage, found, declared),
    // Whoever ends it may be another process, which finds nothing of this time.
    drifted: isWhole ? [] : await drifted(),
    counted: [...counted],
    broken: [...(await brokenReaders({ runner, dialect, live: found.live })).keys()],
  }
  const write = async (): Promise<string> => {
    // Between two revisions no start may believe that there is nothing to do.
    await new Journal(runner, dialect).removeMeta('structure')
    return opened(passage, own, isWhole ? nothingBefore : before)
  }
  const plan = await (dialect.transactionalDdl ? write() : units.transaction(write))
  passage.progress.isKept = !isWhole
  return {
    plan,
    marks: new Map(),
    counted,
    declared,
    before,
    drifted: isWhole ? drifted : () => Promise.resolve(before.drifted),
  }
}

async function opened(
  { runner, dialect, revision, direction }: Passage,
  own: JournaledRevision | undefined,
  before: Before,
): Promise<string> {
  const journal = new MigrationJournal(runner, dialect)
  if (direction === 'upgrade') return journal.beginUpgrade(revision, before)
  if (own === undefined) throw new Error(`revision ${revision.revision} is not applied`)
  await journal.beginDowngrade(own, before)
  return own.plan
}

function beforeOf(
  { dialect, steps, renames }: Passage,
  { live, ledger }: Found,
  declared: Begun['declared'],
): Pick<Before, 'strangers' | 'handChanged'> {
  const statements = statementsIn({ steps })
  const changed = handChanged({ dialect, declared: declared.before }, { live, ledger }, [])
  const objects = [...ledger.values()].filter((entry) => changed.has(ledgerKey(entry)))
  return {
    strangers: strangersOf({ dialect, live, declared: declared.before, statements, renames }),
    handChanged: objects.flatMap(({ kind, path }): readonly ObjectPath[] =>
      kind === 'seeds' ? [] : [{ kind, path: renamePath(path, kind, renames) }],
    ),
  }
}

/** What was not as declared before the revision, by the names after it. */
async function driftedBefore(
  { runner, dialect, renames }: Passage,
  { live, ledger }: { readonly live: LiveStructure; readonly ledger: Ledger },
  declared: Snapshot,
): Promise<readonly string[]> {
  const sides = { before: declared, after: declared }
  const expectation = { dialect, declared: sides, live, ledger, renames: [], note: 'record', handChanged: [] } as const
  const { compared } = expectedLedger(expectation)
  const isAtomic = dialect.transactionalDdl
  const { differences } = await compareDeclared({ runner, dialect, declared, live, ledger: compared, isAtomic })
  return differences.map(({ object }) => renamedObject(object, renames))
}

function renamedObject(object: string, renames: Passage['renames']): string {
  const at = object.indexOf(' ')
  const kind = object.slice(0, at)
  return `${kind} ${renamePath(object.slice(at + 1), kind, renames)}`
}
