import { errors } from 'terrace/errors'
import { CrudService } from 'terrace/service'
import { userIdIn } from '../user/caller.ts'
import { models } from '../models.ts'
import { AuthorDao } from './author.dao.ts'

export class AuthorService extends CrudService(models.Author, { dao: AuthorDao }) {
  /** What everybody sees of whoever acts. */
  async own() {
    const author = await this.dao.find({ userId: userIdIn(this.session.scope) })
    if (author === null) throw errors.NOT_FOUND({ values: { model: models.Author.name } })
    return author
  }
}
