import type { ModelDao } from '../dao/index.ts'
import type { BoundModel, Insert, Update } from '../model/index.ts'
import type { CrudToMap } from './crud.ts'

/** A value of `T` is one of `U`, and has no property that `U` does not know. */
type IsPart<T, U> = [T] extends [U] ? ([Exclude<keyof T, keyof U>] extends [never] ? true : false) : false

/** What is sent to create and to change is what the DAO takes. */
export type Fits<M extends BoundModel, C, P> = IsPart<C, Insert<M>> extends true ? IsPart<P, Update<M>> : false

/** A service that has to say how what is sent becomes what is stored, where the one is not the other. */
export type MappedCrud<M extends BoundModel, D extends ModelDao<M>, C, P, Fitting = C> =
  IsPart<Fitting, Insert<M>> extends true
    ? UpdateToMap<M, D, C, P>
    : IsPart<P, Update<M>> extends true
      ? InsertToMap<M, D, C, P>
      : CrudToMap<M, D, C, P>

declare abstract class InsertToMap<M extends BoundModel, D extends ModelDao<M>, C, P> extends CrudToMap<M, D, C, P> {
  protected override toUpdate(data: P): Update<M>
}

declare abstract class UpdateToMap<M extends BoundModel, D extends ModelDao<M>, C, P> extends CrudToMap<M, D, C, P> {
  protected override toInsert(data: C): Insert<M>
}
