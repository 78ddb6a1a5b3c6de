import { flag, list, loadSettings, origin, port, settings, text, url } from 'terrace/config'

const previewDeclarations = {
  PREVIEW_URL: url().default('https://previews.invalid'),
  PREVIEW_KEY: text().secret().default(''),
  PREVIEW_HOSTS: list(text()).default([]),
}

/** Of the API that link previews come from; where none is set, links are shown as they are. */
export const previewSettings = settings(previewDeclarations)

/** Read from the environment, then from `.env`; `.env.example` says what each is for. */
export const appSettings = settings({
  DATABASE_URL: url().default('sqlite:blog.db'),
  HOST: text().default('127.0.0.1'),
  PORT: port().default(9998),
  DEBUG: flag().default(false),
  CORS_ORIGINS: list(origin()).default([]),
  TOKEN_SECRET: text().secret(),
  APP_SECRET: text().secret(),
  ...previewDeclarations,
})

/** What signs access tokens: asked for when the first one is, so that the app stays a value that loads without its settings. */
export function tokenSecret(): string {
  return loadSettings(appSettings).TOKEN_SECRET
}
