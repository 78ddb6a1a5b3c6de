import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class DeviceDao extends Dao(models.Device) {}
