export type Affinity = 'INTEGER' | 'TEXT' | 'BLOB' | 'REAL' | 'NUMERIC' | 'ANY'

/** What a declared type makes of a value. Source: sqlite.org/datatype3.html, section 3.1, rules in their order; stricttables.html. */
export function affinityOf(type: string): Affinity {
  const name = type.toUpperCase()
  if (name === 'ANY') return 'ANY'
  if (name.includes('INT')) return 'INTEGER'
  if (/CHAR|CLOB|TEXT/.test(name)) return 'TEXT'
  if (name === '' || name.includes('BLOB')) return 'BLOB'
  return /REAL|FLOA|DOUB/.test(name) ? 'REAL' : 'NUMERIC'
}

/** The types that a STRICT table knows. */
export const strictTypes: readonly string[] = ['INT', 'INTEGER', 'REAL', 'TEXT', 'BLOB', 'ANY']
