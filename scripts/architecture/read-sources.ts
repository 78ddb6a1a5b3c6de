import { glob, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

const ignoredFolders = new Set(['node_modules', 'dist', 'coverage'])

/** The TypeScript files below some folders of a root: path from the root, with forward slashes → text. */
export async function readSources(root: string, folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths: string[] = []
  const found = glob(
    folders.map((folder) => `${folder}/**/*.{ts,mts}`),
    { cwd: root, exclude: (name) => ignoredFolders.has(name.split(sep).at(-1) ?? '') },
  )
  for await (const path of found) if (!path.endsWith('.d.ts')) paths.push(path)
  const unique = [...new Set(paths)].toSorted()
  const sources = await Promise.all(
    unique.map(async (path) => [path.split(sep).join('/'), await readFile(join(root, path), 'utf8')] as const),
  )
  return new Map(sources.filter(([, text]) => !isGenerated(text)))
}

/** Written by a command from something else that is checked; nobody reads it as a thought. */
function isGenerated(text: string): boolean {
  return text.slice(0, text.indexOf('\n')).includes('Written by `terrace client`')
}
