import type { RunningApp } from './start-app.ts'

/** Lines for whoever started the app by hand. */
export type Greet = (running: RunningApp) => Promise<readonly string[]> | readonly string[]

/** What `greet` gives; nothing where it fails, which is no reason to end an app that answers. */
export async function greetingOf(running: RunningApp, greet: Greet | undefined): Promise<readonly string[]> {
  try {
    return (await greet?.(running)) ?? []
  } catch (error) {
    running.log.warn({ err: error }, 'the greeting could not be made')
    return []
  }
}
