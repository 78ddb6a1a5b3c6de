import type { Session } from '../../src/database/index.ts'
import { shape } from '../../src/dto/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { graph, integer, model, shared, text, uuid } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'

const Entry = model(
  'entries',
  {
    id: uuid().primaryKey(),
    // Not unique: what is stored twice shall be seen.
    label: text().length(1, 60),
    code: text().length(1, 60).unique({ global: true }).nullable(),
    note: text().length(1, 60).nullable(),
    hits: integer().range(0, 1_000_000_000).default(0),
  },
  { access: shared({ write: 'everyone' }), indexes: [['label']] },
)

export const endingModels = graph({ Entry })

/** The service of the ways: what it is asked, each does with its session. */
export class Entries extends CrudService(endingModels.Entry) {
  get unit(): Session {
    return this.session
  }

  write(
    label: string,
    more: { readonly code?: string; readonly note?: string } = {},
  ): Promise<{ readonly id: string }> {
    return this.create({ label, ...more })
  }

  async hit(label: string): Promise<void> {
    await this.dao.query((db) =>
      db
        .updateTable('entries')
        .set((row) => ({ hits: row('hits', '+', 1) }))
        .where('label', '=', label),
    )
  }
}

export const endingErrors = defineErrors({
  ENTRY_REFUSED: { kind: 'conflict', en: 'Refused', zh: '已拒绝', remedy: 'Write something else', values: {} },
})

export const labelled = shape({ label: text().length(1, 60) })
export const said = shape({ text: text() })
