import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class UserDao extends Dao(models.User) {}
