import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class TagDao extends Dao(models.Tag) {}
export class PostTagDao extends Dao(models.PostTag) {}
