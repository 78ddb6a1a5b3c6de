import { DeviceAccess } from 'terrace/auth'
import { NotFoundError } from 'terrace/errors'
import { models } from '../models.ts'

export class DeviceService extends DeviceAccess(models.Device) {
  /** A token that works from now on, whether or not the device was there before; a former token is refused. */
  async registerOrRenew(deviceId: string): Promise<{ readonly token: string }> {
    try {
      return await this.renewToken(deviceId)
    } catch (error) {
      if (error instanceof NotFoundError) return this.register(deviceId)
      throw error
    }
  }
}
