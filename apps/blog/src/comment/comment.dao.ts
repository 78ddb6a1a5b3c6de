import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class CommentDao extends Dao(models.Comment) {}
