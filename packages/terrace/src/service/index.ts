export { Crud } from './crud.ts'
export type { CrudDao, ListQuery } from './crud-dao.ts'
export { CrudService } from './crud-service.ts'
export type { CrudServiceClass } from './crud-service.ts'
