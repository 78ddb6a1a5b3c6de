import { loadSettings } from 'terrace/config'
import { shape } from 'terrace/dto'
import { text } from 'terrace/model'
import { get, remote, remoteDependency, RemoteDao } from 'terrace/remote'
import { previewSettings } from '../settings.ts'

/** The API that looks at pages, so that the Blog connects to no address that somebody wrote into a post. */
export const previewApi = remote('previews', {
  baseUrl: () => loadSettings(previewSettings).PREVIEW_URL,
  credentials: () => {
    const { PREVIEW_KEY: key } = loadSettings(previewSettings)
    return { headers: key === '' ? {} : { 'x-api-key': key } }
  },
  allowHosts: () => loadSettings(previewSettings).PREVIEW_HOSTS,
  ports: [80, 443],
  timeouts: { connectMs: 1_000, headersMs: 3_000, wholeMs: 4_000 },
  operations: {
    preview: get('/v1/preview', {
      query: shape({ url: text() }),
      response: shape({ title: text().nullable(), description: text().nullable(), image: text().nullable() }),
      notFound: null,
    }),
  },
})

export class PreviewDao extends RemoteDao(previewApi) {}
export const previewDao = remoteDependency(PreviewDao)
