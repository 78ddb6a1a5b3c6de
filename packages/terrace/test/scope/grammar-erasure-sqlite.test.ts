import { grammarErasure } from './grammar/grammar-erasure.ts'

/** A file takes the same statements; the long run shows it. */
const isLong = process.env['TERRACE_SCOPE_QUERIES'] !== undefined

grammarErasure(isLong ? ['sqliteMemory', 'sqliteFile'] : ['sqliteMemory'])
