import { flag, list, loadSettings, origin, port, settings, text, url } from 'terrace/config'

/** Read from the environment, then from `.env`; `.env.example` says what each is for. */
export const appSettings = settings({
  DATABASE_URL: url().default('sqlite:blog.db'),
  HOST: text().default('127.0.0.1'),
  PORT: port().default(9998),
  DEBUG: flag().default(false),
  CORS_ORIGINS: list(origin()).default([]),
  TOKEN_SECRET: text().secret(),
  APP_SECRET: text().secret(),
})

/** What signs access tokens: asked for when the first one is, so that the app stays a value that loads without its settings. */
export function tokenSecret(): string {
  return loadSettings(appSettings).TOKEN_SECRET
}
