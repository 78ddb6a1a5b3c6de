import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { PulledModels } from '../../src/generate/index.ts'
import type { BoundModel } from '../../src/model/index.ts'

export type Models = Readonly<Record<string, BoundModel>>

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** A folder below the repository, where `terrace/model` is found, that neither git nor the repository's own check looks into. */
export class PulledFolder {
  readonly #path: string

  static async make(): Promise<PulledFolder> {
    await mkdir(join(root, '.vitest'), { recursive: true })
    return new PulledFolder(await mkdtemp(join(root, '.vitest', 'pulled-')))
  }

  constructor(path: string) {
    this.#path = path
  }

  /** A folder in it that is not there yet. */
  place(name: string): string {
    return join(this.#path, name)
  }

  /** Writes the files into a folder of this name, and imports the graph. */
  async write(name: string, { files }: PulledModels): Promise<Models> {
    const folder = this.place(name)
    await mkdir(folder)
    for (const { path, text } of files) await writeFile(join(folder, path), text)
    const { models } = (await import(pathToFileURL(join(folder, 'models.ts')).href)) as { readonly models: Models }
    return models
  }

  /** What the compiler says of all that was written, under the repository's own settings; empty where nothing is wrong. */
  async typeErrors(): Promise<string> {
    const config = { extends: join(root, 'tsconfig.json'), include: ['.'], exclude: [] }
    await writeFile(join(this.#path, 'tsconfig.json'), JSON.stringify(config))
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    return promisify(execFile)(process.execPath, [compiler, '-p', this.#path]).then(
      () => '',
      (error: { readonly stdout: string }) => error.stdout,
    )
  }

  /** What the formatter, in lines of 100 characters, says of all that was written; empty where it would change nothing. */
  async misformatted(): Promise<string> {
    // Elsewhere, for it leaves out what git ignores.
    const copy = await mkdtemp(join(tmpdir(), 'terrace-pulled-'))
    try {
      await cp(this.#path, copy, { recursive: true, filter: (path) => !path.endsWith('.json') })
      const config = join(copy, 'formatter.json')
      await writeFile(config, JSON.stringify({ printWidth: 100, semi: false, singleQuote: true }))
      const formatter = join(root, 'node_modules', 'oxfmt', 'bin', 'oxfmt')
      const given = [formatter, '--config', config, '--check', '.', '!*.json']
      return await promisify(execFile)(process.execPath, given, { cwd: copy }).then(
        () => '',
        (error: { readonly stdout: string; readonly stderr: string }) => error.stdout + error.stderr,
      )
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  }

  remove(): Promise<void> {
    return rm(this.#path, { recursive: true, force: true })
  }
}
