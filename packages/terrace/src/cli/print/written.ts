import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** False where it is there already, so that nothing that watches it is woken. */
export async function written(content: string, path: string): Promise<boolean> {
  const known = await readFile(path, 'utf8').catch(() => null)
  if (known === content) return false
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return true
}
