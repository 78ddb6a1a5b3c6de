import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class PortionDao extends Dao(models.Portion) {}
