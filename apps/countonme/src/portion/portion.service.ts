import type { Create, Patch } from 'terrace/dto'
import { CrudService } from 'terrace/service'
import { errors } from '../errors.ts'
import { models } from '../models.ts'

/** Holds that a product has exactly one default portion: it is handed over to another one, and never given up. */
export class PortionService extends CrudService(models.Portion) {
  override async create(data: Create<typeof models.Portion>) {
    if (data.isDefault === true) await this.#takeDefault(data.productId)
    return super.create(data)
  }

  override async update(id: string, { isDefault, ...rest }: Patch<typeof models.Portion>) {
    if (isDefault === undefined) return super.update(id, rest)
    const portion = await this.get(id)
    if (isDefault === portion.isDefault) return super.update(id, rest)
    if (!isDefault) throw errors.DEFAULT_PORTION_NEEDED()
    await this.#takeDefault(portion.productId)
    return super.update(id, { ...rest, isDefault })
  }

  // One statement asks and deletes, so that nobody makes it the default in between.
  override async delete(id: string) {
    const deleted = await this.dao.deleteWhere({ id, isDefault: false })
    if (deleted > 0) return
    await this.get(id)
    throw errors.DEFAULT_PORTION_NEEDED()
  }

  async #takeDefault(productId: string) {
    await this.dao.updateWhere({ productId, isDefault: true }, { isDefault: false })
  }
}
