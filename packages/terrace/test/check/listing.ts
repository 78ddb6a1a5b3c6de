import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { listPlaces, type Listed, type ListOptions, type PlaceKind } from '../../src/check/index.ts'

export type Files = Readonly<Record<string, string>>

/** What is listed of a project of these files. */
export async function listed(files: Files, options: Partial<ListOptions> = {}): Promise<Listed> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-check-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return listPlaces({ folder, ...options })
}

/** `file:line kind`, with a `?` for what may be. */
export async function placesOf(source: string | Files): Promise<readonly string[]> {
  const { places } = await listed(typeof source === 'string' ? { 'src/a.ts': source } : source)
  return places.map(({ file, line, kind, certainty }) => `${file}:${line} ${kind}${certainty === 'may' ? '?' : ''}`)
}

/** The kinds found in one file. */
export async function kindsIn(source: string): Promise<readonly (PlaceKind | `${PlaceKind}?`)[]> {
  const { places } = await listed({ 'src/a.ts': source })
  return places.map(({ kind, certainty }) => (certainty === 'may' ? `${kind}?` : kind) as PlaceKind)
}
