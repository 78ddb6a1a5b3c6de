import type { Session } from '../database/index.ts'
import type { Shape } from '../dto/index.ts'
import type { BoundModel } from '../model/index.ts'

type RowData = Readonly<Record<string, unknown>>

/** A service class whose operations can be called over HTTP: every class made by `CrudService(model)`. */
export interface ResourceService {
  new (session: Session): ResourceOperations
  readonly prototype: ResourceOperations
  readonly model: BoundModel
  /** Services of the children that its `create` takes, by the names under which they are sent. */
  readonly nested?: ChildServices
  /** What its `create` and `update` take, where that does not follow from the model. */
  readonly shapes?: { readonly create: Shape | null; readonly patch: Shape | null }
  /** Its operations that a policy may refuse: `FORBIDDEN`. */
  readonly guarded?: readonly string[]
}

/** Services of children, which may have children in turn. */
export interface ChildServices {
  readonly [name: string]: { readonly nested?: ChildServices }
}

/** The operations by their shape alone; which keys and values they take follows from the model. */
export interface ResourceOperations {
  list(query: never): Promise<{
    readonly rows: readonly RowData[]
    readonly total: number | null
    /** Where the list goes on; null at its end, and where no `after` was given. */
    readonly next: RowData | null
  }>
  get(id: never, options?: never): Promise<RowData>
  create(data: never): Promise<RowData>
  update(id: never, patch: never, options?: never): Promise<RowData>
  delete(id: never, options?: never): Promise<void>
  /** These three only where the resource has bulk operations. */
  createMany?(data: never): Promise<readonly RowData[]>
  updateMany?(changes: never): Promise<readonly RowData[]>
  deleteMany?(rows: never): Promise<void>
  restore(id: never, options?: never): Promise<RowData>
}
