export { Crud } from './crud.ts'
export type { GetQuery, ListQuery } from './crud.ts'
export { CrudService } from './crud-service.ts'
export type { CrudServiceClass } from './crud-service.ts'
