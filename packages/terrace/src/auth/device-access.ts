import { Dao } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { Devices } from './devices.ts'

/** A service class to use as it is or to extend: `session.use(DeviceService)`. */
export interface DeviceServiceClass<M extends BoundModel> {
  new (session: Session): Devices<M>
  readonly model: M
}

/**
 * The service of a model of anonymous devices. The model is the app's own: a single key that the client chooses,
 * `tokenHash: text().length(64, 64).hidden()` in a unique rule of its own, `lastSeenAt: timestamp().nullable()`.
 *
 * `MODEL_DECLARATION` names what the model lacks.
 *
 * ```ts
 * export class DeviceService extends DeviceAccess(models.Device) {}
 * ```
 */
export function DeviceAccess<M extends BoundModel>(model: M): DeviceServiceClass<M> {
  const problem = problemOf(model)
  if (problem !== null)
    throw errors.MODEL_DECLARATION({
      values: { where: `DeviceAccess(${model.name})`, problem, remedy: 'Declare it so in the model' },
    })
  const dao = Dao(model)
  return class extends Devices<M> {
    static readonly model = model

    constructor(session: Session) {
      super(session, dao)
    }
  }
}

function problemOf({ fact }: BoundModel): string | null {
  if (fact.primaryKey.columns.length !== 1) return 'the primary key must be one column'
  const { tokenHash, lastSeenAt } = fact.column
  if (tokenHash?.type.kind !== 'text' || !tokenHash.hidden) return 'tokenHash must be a hidden text column'
  const isUnique = fact.uniques.some(({ columns, within }) => [...columns, ...within].join() === 'tokenHash')
  if (!isUnique) return 'tokenHash must be unique'
  if (lastSeenAt?.type.kind !== 'timestamp' || !lastSeenAt.nullable)
    return 'lastSeenAt must be a timestamp that may be null'
  return null
}
