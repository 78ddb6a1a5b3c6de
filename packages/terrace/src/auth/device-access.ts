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
  const missing = missingOf(model)
  if (missing.length > 0) throw lacking(model, missing)
  const dao = Dao(model)
  return class extends Devices<M> {
    static readonly model = model

    constructor(session: Session) {
      super(session, dao)
    }
  }
}

interface Missing {
  readonly problem: string
  /** The line of the model that mends it. */
  readonly line: string
}

function missingOf({ fact }: BoundModel): readonly Missing[] {
  const { tokenHash, lastSeenAt } = fact.column
  const isHiddenText = tokenHash?.type.kind === 'text' && tokenHash.hidden
  const isUnique = fact.uniques.some(({ columns, within }) => [...columns, ...within].join() === 'tokenHash')
  const isNullableInstant = lastSeenAt?.type.kind === 'timestamp' && lastSeenAt.nullable
  return [
    fact.primaryKey.columns.length === 1
      ? null
      : { problem: 'its primary key must be one column', line: 'id: text().length(1, 64).primaryKey()' },
    isHiddenText && isUnique
      ? null
      : {
          problem: 'tokenHash must be a hidden, unique text column',
          line: 'tokenHash: text().length(64, 64).unique({ global: true }).hidden()',
        },
    isNullableInstant
      ? null
      : {
          problem: 'lastSeenAt must be a timestamp that may be null',
          line: 'lastSeenAt: timestamp().nullable().readOnly()',
        },
  ].filter((missing) => missing !== null)
}

function lacking({ name }: BoundModel, missing: readonly Missing[]): Error {
  return errors.MODEL_DECLARATION({
    values: {
      where: `DeviceAccess(${name})`,
      problem: missing.map(({ problem }) => problem).join('; '),
      remedy: `Declare in the model: ${missing.map(({ line }) => line).join(', ')}`,
    },
  })
}
