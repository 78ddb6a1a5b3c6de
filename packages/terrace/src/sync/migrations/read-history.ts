import { readdir, readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { fileError, type FileProblem } from './file-problem.ts'
import { historyOf } from './history-of.ts'
import type { MigrationHistory, Revision } from './history.ts'
import type { Migration } from './migration.ts'
import { readRevisionFile } from './read-revision-file.ts'
import { readSnapshot, type StoredSnapshot } from './read-snapshot.ts'
import { hashesOf } from './step-hash.ts'

/**
 * The revisions of one engine, as the folder `<folder>/<dialect>` has them now; none where there is no such folder. What is neither
 * a module nor a snapshot, is hidden, or lies deeper, is not looked at. `MIGRATION_FILE` with all that is wrong.
 */
export async function readHistory(folder: string, dialect: string): Promise<MigrationHistory> {
  const place = join(folder, dialect)
  const names = await filesIn(place)
  const modules = names.filter(isModule)
  const read: Found[] = []
  // One after the other: the texts of all snapshots at once would fill the memory.
  for (const name of modules) read.push(await readRevision(join(place, name), { dialect, names }))
  const revisions = read.flatMap((found) => (found.kind === 'revision' ? [found.revision] : []))
  const broken = read.flatMap((found) => (found.kind === 'broken' ? found.problems : []))
  const ids = modules.map(idIn)
  const graph = historyOf({ dialect, folder, revisions, knownIds: new Set(ids) })
  const problems = [...broken, ...strayProblems(place, names), ...('problems' in graph ? graph.problems : [])]
  if (problems.length > 0 || 'problems' in graph) throw fileError(problems)
  return graph
}

async function filesIn(place: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(place, { withFileTypes: true })
    // A link is followed: whether it leads to a file is found by reading it.
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .toSorted()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    const remedy = 'Give a folder that can be read'
    throw fileError([{ file: place, problem: 'it is no folder that can be read', remedy, cause }])
  }
}

/** TypeScript, or what was built of it; no declarations, and no tests beside it. */
function isModule(name: string): boolean {
  return /\.m?[jt]s$/.test(name) && !/\.(?:d|test|spec)\.m?[jt]s$/.test(name)
}

/** `20261121093000a1b2` of `20261121093000a1b2_add_barcode.ts`. */
function idIn(name: string): string {
  return name.split('_', 1)[0] ?? name
}

type Found =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'broken'; readonly problems: readonly FileProblem[] }

interface Around {
  readonly dialect: string
  readonly names: readonly string[]
}

async function readRevision(file: string, around: Around): Promise<Found> {
  const { dir, name } = parse(file)
  const [declared, stored] = await Promise.all([
    readRevisionFile(file),
    snapshotBeside(join(dir, `${name}.json`), around),
  ])
  if ('revision' in declared && 'snapshot' in stored) {
    const problems = disagreements(declared, stored, { file, dialect: around.dialect })
    if (problems.length > 0) return { kind: 'broken', problems }
    const { snapshot, renames } = stored
    return { kind: 'revision', revision: { ...declared, file, snapshot, renames, ...hashesOf(declared) } }
  }
  const problems = [
    ...('revision' in declared ? disagreements(declared, null, { file, dialect: around.dialect }) : declared),
    ...('snapshot' in stored ? [] : [stored]),
  ]
  return { kind: 'broken', problems }
}

async function snapshotBeside(file: string, { names }: Around): Promise<StoredSnapshot | FileProblem> {
  if (!names.includes(parse(file).base))
    return {
      file,
      problem: 'it is missing',
      remedy: 'It is the snapshot of its revision: restore it from version control',
    }
  try {
    const stored = readSnapshot(await readFile(file, 'utf8'))
    return 'snapshot' in stored ? stored : { file, ...stored }
  } catch (cause) {
    return { file, problem: 'it cannot be read', remedy: 'Give the right to read it', cause }
  }
}

function disagreements(
  { revision, dialect }: Migration,
  stored: StoredSnapshot | null,
  place: { readonly file: string; readonly dialect: string },
): readonly FileProblem[] {
  const { dir, name, base } = parse(place.file)
  const problems: FileProblem[] = []
  if (!name.startsWith(`${revision}_`) || name === `${revision}_`) {
    const remedy = `Name it ${revision}_….ts and its snapshot ${revision}_….json, or correct its revision`
    problems.push({
      file: place.file,
      problem: `it is revision ${revision} by what it says, and not by its name`,
      remedy,
    })
  }
  if (dialect !== place.dialect) {
    const remedy = `Move both files to the folder ${dialect}, or make a revision for this one`
    const problem = `it is a revision for ${dialect}, and a folder belongs to one dialect: this one to ${place.dialect}`
    problems.push({ file: place.file, problem, remedy })
  }
  if (stored !== null && (stored.revision !== revision || stored.dialect !== dialect)) {
    const problem = `it is the snapshot of revision ${stored.revision} for ${stored.dialect}, and stands beside ${base}`
    problems.push({ file: join(dir, `${name}.json`), problem, remedy: 'Restore both from version control' })
  }
  return problems
}

/** Snapshots whose revision is gone. What has no `_` in its name is none. */
function strayProblems(place: string, names: readonly string[]): readonly FileProblem[] {
  const stems = new Set(names.filter(isModule).map((name) => parse(name).name))
  const snapshots = names.filter((name) => name.endsWith('.json') && name.includes('_'))
  return snapshots
    .filter((name) => !stems.has(parse(name).name))
    .map((name) => ({
      file: join(place, name),
      problem: 'it is a snapshot without its revision',
      remedy: `Restore ${parse(name).name}.ts from version control, or delete the snapshot too`,
    }))
}
