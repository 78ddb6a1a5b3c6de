import { port, settings, text, url } from 'terrace/config'

export const appSettings = settings({
  DATABASE_URL: url().default('sqlite:countonme.db'),
  HOST: text().default('127.0.0.1'),
  PORT: port().default(9999),
})
