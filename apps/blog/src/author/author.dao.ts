import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class AuthorDao extends Dao(models.Author) {}
