import type { CheckedFile, RuleContext, Violation } from './violation.ts'

/** A database's name in an identifier or a string, outside the dialects, the tests and the allowed files. */
export function checkDatabaseNames(file: CheckedFile, { architecture }: RuleContext): readonly Violation[] {
  const { place } = file
  const { databaseNames } = architecture
  if (place.inSource === null || place.isTest) return []
  if (place.layer !== null && databaseNames.layers.includes(place.layer)) return []
  const found = namedIn(file, databaseNames.names)
  const isAllowed = databaseNames.allowedFiles[place.inSource] !== undefined
  if (isAllowed) return found.length === 0 ? [unneeded(place.path)] : []
  return found.map(({ name, line }) => ({
    rule: 'database-name',
    path: place.path,
    line,
    found: `the name of a database: ${name}`,
    why: 'Code that asks which database it is has to be found and changed for each new one.',
    remedy: 'Ask for a capability, or give the dialect contract a method.',
  }))
}

function namedIn({ facts }: CheckedFile, names: readonly string[]): readonly { name: string; line: number }[] {
  const pattern = new RegExp(names.join('|'), 'i')
  const byLine = new Map<string, { name: string; line: number }>()
  for (const { text, line } of facts.words) {
    const name = pattern.exec(text)?.[0]
    if (name !== undefined) byLine.set(`${line} ${name.toLowerCase()}`, { name, line })
  }
  return [...byLine.values()]
}

/** Entries of the allow-list whose file is gone. */
export function checkAllowances(files: readonly CheckedFile[], { architecture }: RuleContext): readonly Violation[] {
  const known = new Set(files.map((file) => file.place.inSource))
  return Object.keys(architecture.databaseNames.allowedFiles)
    .filter((path) => !known.has(path))
    .map((path) => unneeded(`${architecture.source}/${path}`))
}

function unneeded(path: string): Violation {
  return {
    rule: 'unneeded-allowance',
    path,
    line: 1,
    found: 'the file may name a database, but it does not, or is gone',
    why: 'An allowance that nobody needs hides the next violation.',
    remedy: 'Take it out of databaseNames.allowedFiles in architecture.config.ts.',
  }
}
