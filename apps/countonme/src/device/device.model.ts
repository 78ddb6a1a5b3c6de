import { actor, model, softDelete, text, timestamp, timestamps } from 'terrace/model'

/** An installation of the app. It has no account: its id is chosen by the client, its token is known only as a hash (D7). */
export const Device = model(
  'devices',
  {
    id: text().length(1, 64).primaryKey().describe('Chosen by the client').example('pixel-8-4f1c'),
    tokenHash: text().length(64, 64).unique({ global: true }).hidden(),
    lastSeenAt: timestamp().nullable().readOnly(),
    ...timestamps(),
    ...softDelete(),
  },
  { access: actor() },
)
