type Environment = Readonly<Record<string, string | undefined>>

/** Whether the process says of itself that it is in production: `NODE_ENV=production` or `ENV_TYPE=prod`. */
export function inProduction(environment: Environment): boolean {
  return environment['NODE_ENV'] === 'production' || environment['ENV_TYPE'] === 'prod'
}
