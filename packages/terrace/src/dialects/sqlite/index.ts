export { createSqliteDialect, sqliteDialect } from './dialect.ts'
export type { SqliteSettings } from './dialect.ts'
export { createSchemaDialect } from './schema-dialect.ts'
export { structureVocabulary } from './structure-vocabulary.ts'
