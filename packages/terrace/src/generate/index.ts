export type * from './pull/pulled-models.ts'
