import { rmSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { guardSites } from './guard-sites.ts'
import type { Mutant } from './mutant.ts'
import { instrumented } from './schemata.ts'

const copied = ['package.json', 'tsconfig.json', 'packages/terrace']
const left = new Set(['node_modules', 'dist'])

export interface MutantTree {
  /** Where the copy is. */
  readonly folder: string
  readonly mutants: readonly Mutant[]
  /** What the mutated files were, by their paths. */
  readonly texts: ReadonlyMap<string, string>
  remove(): void
}

/** A copy of the sources below the folder for temporary files, with every mutant of `targets` in it, all switched off. */
export async function mutantTree(root: string, targets: readonly string[]): Promise<MutantTree> {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-mutants-'))
  for (const path of copied) await copy(join(root, path), join(folder, path))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  const mutants: Mutant[] = []
  const texts = new Map<string, string>()
  for (const file of targets) {
    const text = await readFile(join(folder, file), 'utf8')
    const made = instrumented(file, text, guardSites(file, text), mutants.length)
    texts.set(file, text)
    mutants.push(...made.mutants)
    await writeFile(join(folder, file), made.text)
  }
  return { folder, mutants, texts, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { recursive: true, filter: (path) => !left.has(path.split(/[/\\]/).at(-1) ?? '') })
}
