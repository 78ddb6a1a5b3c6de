import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** False where it is there already, so that nothing that watches it is woken. */
export async function written(content: string, path: string): Promise<boolean> {
  if ((await textIfThere(path)) === content) return false
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return true
}

/** What a file holds; null where there is none. One that cannot be read is not taken for none. */
export async function textIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
