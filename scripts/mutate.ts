import { glob } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { equivalents } from './mutate/equivalents.ts'
import type { Mutant } from './mutate/mutant.ts'
import {
  fileLines,
  folderLine,
  folderReport,
  isEquivalent,
  isSurvivor,
  judgedScore,
  mutantText,
  staleEquivalents,
} from './mutate/report.ts'
import { sampled } from './mutate/sample.ts'
import { targets, testFiles, type Target } from './mutate/targets.ts'
import { mutantTree } from './mutate/tree.ts'
import { tryMutants, type Trial } from './mutate/try-mutants.ts'

/** Switches each guard off in turn and says which of them no test misses. See CONTRIBUTING.md. */
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engines: { type: 'string', default: 'sqliteMemory,sqliteFile' },
    tests: { type: 'string', multiple: true, default: [...testFiles] },
    next: { type: 'string', default: '' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string' },
    tree: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

/** What is asked for: a target by its name, a folder or a file by its path, or one line of it: `path.ts:12`. */
const asked = positionals.map((given) => {
  const [, path = given, line] = /^(.*):(\d+)$/.exec(given) ?? []
  return { path: path.replace(/\/$/, ''), line: line === undefined ? null : Number(line) }
})

const startedAt = performance.now()
const minutes = (): string => ((performance.now() - startedAt) / 60_000).toFixed(1)
const filesOf = await Promise.all(targets.map(async (target) => ({ target, files: await sources(target) })))
const tree = await mutantTree(
  flags.tree,
  filesOf.flatMap(({ files }) => files),
)
process.on('exit', () => tree.remove())
process.on('SIGINT', () => process.exit(130))
const seed = Number(flags.seed ?? Math.floor(Math.random() * 2 ** 31))
const inQuestion = tree.mutants.filter(isInQuestion)
const chosen = flags.sample === undefined ? inQuestion : sampled(inQuestion, Number(flags.sample), seed)
const note = flags.json ? () => {} : (text: string): void => console.log(text)
try {
  note(`${chosen.length} of ${tree.mutants.length} mutants${flags.sample === undefined ? '' : `, from seed ${seed}`}`)
  let trials = await tried(chosen, flags.engines)
  const left = trials.filter(isSurvivor).map(({ mutant }) => mutant)
  if (flags.next !== '' && left.length > 0) {
    note(`${left.length} survived on ${flags.engines} and are tried on ${flags.next}`)
    const again = new Map((await tried(left, flags.next)).map((trial) => [trial.mutant, trial]))
    trials = trials.map((trial) => again.get(trial.mutant) ?? trial)
  }
  report(trials)
} finally {
  tree.remove()
}

function isInQuestion({ role, file, line }: Mutant): boolean {
  const lines = asked.filter(({ path }) => path === file).map((one) => one.line)
  if (lines.length > 0 && !lines.includes(null) && !lines.includes(line)) return false
  if (flags.only === undefined) return true
  if (flags.only !== 'guards' && flags.only !== 'decisions')
    throw new Error(`--only ${flags.only}: it takes guards or decisions`)
  return flags.only === `${role}s`
}

/** Those asked for, in the order asked for. */
async function sources({ name, files }: Target): Promise<readonly string[]> {
  const placeOf = (file: string): number =>
    asked.findIndex(({ path }) => path === name || file === path || file.startsWith(`${path}/`))
  const paths = (await found(files)).filter((path) => !/\.test(-d)?\.ts$/.test(path))
  if (asked.length === 0) return paths
  return paths.filter((path) => placeOf(path) !== -1).toSorted((one, other) => placeOf(one) - placeOf(other))
}

async function found(globs: readonly string[]): Promise<readonly string[]> {
  const paths: string[] = []
  for await (const path of glob(globs as string[], { cwd: flags.tree })) paths.push(path.split(sep).join('/'))
  return paths.toSorted()
}

async function tried(mutants: readonly Mutant[], engines: string): Promise<readonly Trial[]> {
  let count = 0
  const { trials, tests, unusable } = await tryMutants(mutants, {
    tree: tree.folder,
    testFiles: await found(flags.tests),
    engines: engines.split(','),
    workers: Number(flags.workers ?? availableParallelism()),
    onTrial: (trial) => {
      count += 1
      if (isSurvivor(trial) && !isEquivalent(trial.mutant, equivalents))
        note(`${trial.outcome.kind}: ${mutantText(trial.mutant)}`)
      if (count % 100 === 0) note(`${count} of ${mutants.length}, ${minutes()} min`)
    },
  })
  note(`${tests} tests on ${engines}`)
  for (const test of unusable) note(`left out, it fails without any mutant: ${test}`)
  return trials
}

function report(trials: readonly Trial[]): void {
  const folders = filesOf
    .map(({ target, files }) => {
      const own = trials.filter(({ mutant }) => files.includes(mutant.file))
      return folderReport(target, own, equivalents)
    })
    .filter(({ mutants }) => mutants > 0)
  const stale = staleEquivalents(tree.mutants, trials, equivalents)
  if (flags.json) console.log(JSON.stringify({ seed, minutes: Number(minutes()), folders, stale }, null, 2))
  for (const mutant of stale.killed) note(`listed as equivalent, and a test notices it: ${mutantText(mutant)}`)
  for (const entry of stale.unmatched)
    note(`listed as equivalent, and not there: ${entry.file} in ${entry.within}: ${entry.source}`)
  for (const line of fileLines(trials, equivalents)) note(line)
  for (const folder of folders) note(folderLine(folder))
  note(`${minutes()} min`)
  const isLow = folders.some((folder) => judgedScore(folder) < folder.floor)
  process.exitCode = isLow || stale.killed.length > 0 || stale.unmatched.length > 0 ? 1 : 0
}
