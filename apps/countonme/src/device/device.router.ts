import { isSeenDue } from 'terrace/auth'
import { shape } from 'terrace/dto'
import { errors } from 'terrace/errors'
import { authentication, bearer, group, publicAccess, route } from 'terrace/http'
import { text } from 'terrace/model'
import { models } from '../models.ts'
import { DeviceService } from './device.service.ts'

/** Whoever holds a device's token acts as that device and sees its rows only (D4). */
export const device = authentication('device', {
  scheme: bearer(),
  verify: ({ token, session }) => session.use(DeviceService).verify(token),
  actor: (row) => ({ [models.Device.name]: row.id }),
  seen: {
    isDue: ({ lastSeenAt }, nowMs) => isSeenDue(lastSeenAt, nowMs),
    record: ({ row, session }) => session.use(DeviceService).recordSeen(row),
  },
})

const register = route('POST /auth/register', {
  name: 'registerDevice',
  summary: 'Register a device; its token is shown this once',
  body: shape(
    { deviceId: text().length(1, 64).describe('Chosen by the client').example('pixel-8-4f1c') },
    { name: 'DeviceRegistration' },
  ),
  responses: { 201: shape({ token: text() }, { name: 'DeviceToken' }) },
  errors: [errors.DEVICE_REGISTERED],
  use: { devices: DeviceService },
  handler: ({ body, use }) => use.devices.register(body.deviceId),
})

export const registration = group({ auth: publicAccess('a device registers before it has a token') }, [register])
