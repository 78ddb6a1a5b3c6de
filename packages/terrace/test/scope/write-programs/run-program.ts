import { isDeepStrictEqual } from 'node:util'
import { actingAs, everyone, unscoped, type Database, type Scope, type Session } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import type { Program, Step } from './program-maker.ts'
import { models, type ModelName } from './program-models.ts'
import { standingOf, type Actor, type Row, type Rows } from './program-rows.ts'
import type { World } from './program-targets.ts'
import { everyRow, modelNames } from './program-world.ts'

/** What came of a step: what it gave, without what is made anew each time, or the code and message of its refusal. */
export interface StepOutcome {
  readonly result: unknown
  readonly changed: boolean
  readonly isRefused: boolean
}

export interface ProgramOutcome {
  readonly steps: readonly StepOutcome[]
  readonly ended: 'committed' | 'failed' | string
  readonly rows: Rows
}

export function scopeOf({ device, user, roles }: Actor): Scope {
  const scopes = [
    ...(device === null ? [] : [actingAs(models.Device, device, { roles })]),
    ...(user === null ? [] : [actingAs(models.User, user, { roles })]),
  ]
  const [first, second] = scopes
  if (first === undefined) return everyone
  if (second === undefined || first.kind !== 'actor' || second.kind !== 'actor') return first
  return { kind: 'actor', actor: { ...first.actor, ...second.actor }, roles }
}

const undone = new Error('undone')
const ownError = new Error('the program’s own')

const noRows = Object.fromEntries(modelNames.map((name) => [name, []])) as unknown as Rows

/** The program inside a session that sees all and is rolled back: the next one finds the same rows. */
export async function runAndUndo(
  db: Database,
  program: Program,
  mode: Omit<World, 'session'>,
): Promise<ProgramOutcome> {
  let outcome: ProgramOutcome | null = null
  try {
    await db.session(unscoped('programs'), async (session) => {
      const scope = mode.isOpen ? {} : { scope: scopeOf(program.actor) }
      const { steps, ended } = await ending((work) => session.nested(work, scope), program, mode)
      // A probe is asked for what it is told alone.
      outcome = { steps, ended, rows: mode.isProbe ? noRows : await everyRow(session) }
      throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  return outcome as unknown as ProgramOutcome
}

/** The program as an app runs it, in a session of its own that commits. */
export async function runForReal(db: Database, program: Program): Promise<ProgramOutcome> {
  const mode = { isProbe: false, isOpen: false }
  const { steps, ended } = await ending((work) => db.session(scopeOf(program.actor), work), program, mode)
  return { steps, ended, rows: await db.session(unscoped('programs'), everyRow) }
}

async function ending(
  open: (work: (session: Session) => Promise<void>) => Promise<void>,
  program: Program,
  mode: Omit<World, 'session'>,
): Promise<Omit<ProgramOutcome, 'rows'>> {
  const steps: StepOutcome[] = []
  try {
    await open(async (session) => {
      for (const step of program.steps) steps.push(await runStep(step, { ...mode, session }))
      if (program.fails) throw ownError
    })
    return { steps, ended: 'committed' }
  } catch (error) {
    if (error === ownError) return { steps, ended: 'failed' }
    if (error instanceof TerraceError) return { steps, ended: `${error.code}: ${error.message}` }
    throw error
  }
}

async function runStep(step: Step, world: World): Promise<StepOutcome> {
  if (!step.isNested) return outcomeOf(await step.run(world))
  let found: unknown = null
  try {
    const options = step.isNarrowed && !world.isOpen ? { scope: everyone } : {}
    await world.session.nested(async (session) => {
      found = await step.run({ ...world, session })
      if (step.throws) throw ownError
    }, options)
  } catch (error) {
    if (error === ownError) return { ...outcomeOf(found), changed: false }
    if (error instanceof TerraceError)
      return { result: `${error.code}: ${error.message} (${error.fields.join(', ')})`, changed: false, isRefused: true }
    throw error
  }
  return outcomeOf(found)
}

function outcomeOf(found: unknown): StepOutcome {
  return { result: settled(found), changed: hasChanged(found), isRefused: false }
}

function hasChanged(found: unknown): boolean {
  if (typeof found === 'number') return found > 0
  if (Array.isArray(found)) return found.length > 0
  if (typeof found !== 'object' || found === null) return false
  if ('changed' in found) return (found.changed as number) > 0
  return !('purged' in found && 'below' in found) || Number(found.purged) + Number(found.below) > 0
}

/** Times and deletions are made anew in each run. */
function settled(found: unknown): unknown {
  if (Array.isArray(found)) return found.map(settled)
  if (found instanceof Date) return 'an instant'
  if (typeof found !== 'object' || found === null) return found
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name,
      name === 'deletionId' && value !== null ? 'a deletion' : settled(value),
    ]),
  )
}

/** What a program has done that it must not; empty when all is well. */
export function violationsOf(
  { actor }: Program,
  before: Rows,
  { rows: after, ended }: ProgramOutcome,
): readonly string[] {
  if (ended !== 'committed')
    return isDeepStrictEqual(before, after) ? [] : [`left something, though it ended with ${ended}`]
  return modelNames.flatMap((model) => violationsIn(actor, model, { before, after }))
}

interface States {
  readonly before: Rows
  readonly after: Rows
}

function violationsIn(actor: Actor, model: ModelName, { before, after }: States): readonly string[] {
  const earlier = new Map(before[model].map((row) => [row['id'], row]))
  const later = new Map(after[model].map((row) => [row['id'], row]))
  const find = (name: ModelName, id: unknown): Row | undefined => finder(after, name, id) ?? finder(before, name, id)
  const findEarlier = (name: ModelName, id: unknown): Row | undefined => finder(before, name, id)
  const found: string[] = []
  for (const [id, row] of earlier) {
    if (isDeepStrictEqual(row, later.get(id))) continue
    if (standingOf(actor, model, row, findEarlier) !== 'own') found.push(`${model} ${id} of others was changed`)
  }
  for (const [id, row] of later) {
    const old = earlier.get(id)
    if (isDeepStrictEqual(row, old)) continue
    if (standingOf(actor, model, row, find) !== 'own') found.push(`${model} ${id} is not the actor’s`)
    found.push(...strayReferences(actor, model, { row, old, find, before }))
  }
  return found
}

const finder = (rows: Rows, model: ModelName, id: unknown): Row | undefined =>
  rows[model].find((row) => row['id'] === id)

interface Changed {
  readonly row: Row
  readonly old: Row | undefined
  readonly find: (name: ModelName, id: unknown) => Row | undefined
  readonly before: Rows
}

/** References that were given a row which the actor did not see: another’s, or one deleted before. */
function strayReferences(actor: Actor, model: ModelName, { row, old, find, before }: Changed): readonly string[] {
  return models[model].fact.references.flatMap(({ columns: [column = ''], target }) => {
    const key = row[column]
    if (key === null || key === old?.[column]) return []
    const name = target as ModelName
    const found = find(name, key)
    const earlier = finder(before, name, key)
    const wasDeleted = (earlier?.['deletedAt'] ?? null) !== null && isDeepStrictEqual(earlier, found)
    const isSeen = found !== undefined && standingOf(actor, name, found, find) !== 'foreign'
    // A membership names any user: whom its writer sees of them is himself.
    return isSeen && !wasDeleted ? [] : [`${model} ${String(row['id'])}.${column} refers to ${name} ${String(key)}`]
  })
}

/** Whether others’ rows are other ones than before. */
export function changesOthers({ actor }: Program, before: Rows, { rows: after }: ProgramOutcome): boolean {
  return modelNames.some((model) =>
    violationsIn(actor, model, { before, after }).some((text) => text.endsWith('was changed')),
  )
}
