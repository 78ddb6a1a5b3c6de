import { text } from 'terrace/model'

const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** What an author writes, whether or not it is published yet. */
export function written() {
  return {
    title: text().length(1, 200).ignoreCase().filterable('contains').example('On terraces'),
    slug: text()
      .length(1, 100)
      .pattern(slugPattern)
      .describe('Its address: small letters, digits and single hyphens')
      .example('on-terraces'),
    body: text().describe('CommonMark').example('Water runs *one* way.'),
    excerpt: text()
      .length(1, 500)
      .ignoreCase()
      .nullable()
      .describe('A few words for lists')
      .example('Why fields have walls'),
  }
}
