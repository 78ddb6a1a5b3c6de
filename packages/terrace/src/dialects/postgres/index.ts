export { createPostgresDialect, postgresDialect } from './dialect.ts'
export { createSchemaDialect } from './schema-dialect.ts'
export { structureVocabulary } from './structure-vocabulary.ts'
