import { identity, model, shared, text, timestamp } from 'terrace/model'

/** What a page that posts link to says of itself, as it was last asked for. Nobody's: the page is the same for all. */
export const LinkPreview = model(
  'link_previews',
  {
    id: identity(),
    urlHash: text().length(64, 64).unique().hidden().describe('SHA-256: an address may be longer than an index takes'),
    url: text().length(1, 2_000),
    title: text().length(1, 300).nullable(),
    description: text().length(1, 1_000).nullable(),
    image: text().length(1, 2_000).nullable(),
    expiresAt: timestamp(),
  },
  { access: shared({ write: 'everyone' }) },
)
