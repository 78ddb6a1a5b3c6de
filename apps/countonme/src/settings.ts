import { flag, list, origin, port, settings, text, url } from 'terrace/config'

/** Read from the environment, then from `.env`; `.env.example` says what each is for. */
export const appSettings = settings({
  DATABASE_URL: url().default('sqlite:countonme.db'),
  HOST: text().default('127.0.0.1'),
  PORT: port().default(9999),
  DEBUG: flag().default(false),
  CORS_ORIGINS: list(origin()).default([]),
})
