import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { fileError } from './file-problem.ts'
import type { Revision } from './history.ts'
import { migrationProblems } from './migration-problems.ts'
import type { RevisionDraft } from './revision-draft.ts'
import { revisionOf } from './revision-of.ts'
import { revisionText } from './revision-text.ts'
import { snapshotText } from './snapshot-text.ts'

/**
 * Writes both files of a revision, each whole or not at all, and makes the folder where it is missing. Gives what `readHistory` will
 * give. `MIGRATION_FILE` where the revision is there already, or the folder cannot be written to.
 */
export async function writeRevision(folder: string, draft: RevisionDraft): Promise<Revision> {
  const revision = revisionOf(folder, draft)
  refuseShape(revision)
  const { dir, name } = parse(revision.file)
  await mkdir(dir, { recursive: true }).catch((cause: unknown) => refuse(dir, cause))
  await refuseExisting(dir, draft.revision)
  // The snapshot first: a revision without one could be taken for whole.
  const files = [
    { file: join(dir, `${name}.json`), text: snapshotText(revision) },
    { file: revision.file, text: revisionText(draft) },
  ]
  await writeAll(files)
  return revision
}

/** What would be written and could not be read. */
function refuseShape({ file, dialect, revision, parents, description, up, down }: Revision): void {
  const problems = migrationProblems({ dialect, revision, parents, description, up, down })
  if (problems.length > 0) throw fileError(problems.map((problem) => ({ file, ...problem })))
}

async function refuseExisting(dir: string, revision: string): Promise<void> {
  const taken = (await readdir(dir)).find((name) => name.startsWith(`${revision}_`))
  if (taken === undefined) return
  const problem = `revision ${revision} is there already`
  throw fileError([{ file: join(dir, taken), problem, remedy: 'Give the new one another id; nothing is overwritten' }])
}

type Files = readonly { readonly file: string; readonly text: string }[]

/** Under hidden names first, which nobody reads. Whatever fails, what was made is removed. */
async function writeAll(files: Files): Promise<void> {
  const passing = files.map(({ file, text }) => ({
    text,
    from: join(dirname(file), `.${parse(file).base}.new`),
    to: file,
  }))
  const made: string[] = []
  try {
    for (const { from, text } of passing) {
      const handle = await open(from, 'wx')
      made.push(from)
      try {
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle.close()
      }
    }
    for (const { from, to } of passing) {
      await rename(from, to)
      made.push(to)
    }
  } catch (cause) {
    await Promise.all(made.map((file) => rm(file, { force: true })))
    refuse(files[0]?.file ?? '', cause)
  }
}

function refuse(file: string, cause: unknown): never {
  throw fileError([{ file, problem: 'it could not be written', remedy: 'Give the right to write there', cause }])
}
