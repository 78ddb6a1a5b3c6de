import { errors } from 'terrace/errors'
import { CrudService } from 'terrace/service'
import { models } from '../models.ts'
import { TagDao } from './tag.dao.ts'

export class TagService extends CrudService(models.Tag, { dao: TagDao }) {
  /** The tag at an address. */
  async at(slug: string) {
    const tag = await this.dao.find({ slug })
    if (tag === null) throw errors.NOT_FOUND({ values: { model: models.Tag.name } })
    return tag
  }
}
