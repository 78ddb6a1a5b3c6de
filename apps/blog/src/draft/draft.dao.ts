import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class DraftDao extends Dao(models.Draft) {}
