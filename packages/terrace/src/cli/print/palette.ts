import { styleText } from 'node:util'
import type { Output } from '../terminal.ts'

type Style = (text: string) => string

/** Words in colours, or as they are. */
export interface Palette {
  readonly bold: Style
  readonly dim: Style
  readonly good: Style
  readonly bad: Style
  readonly warn: Style
  readonly name: Style
}

const plain: Style = (text) => text

export const plainPalette: Palette = { bold: plain, dim: plain, good: plain, bad: plain, warn: plain, name: plain }

type Format = Parameters<typeof styleText>[0]

const style =
  (format: Format): Style =>
  (text) =>
    styleText(format, text, { validateStream: false })

const colours: Palette = {
  bold: style('bold'),
  dim: style('dim'),
  good: style('green'),
  bad: style('red'),
  warn: style('yellow'),
  name: style('cyan'),
}

export interface ColourChoice {
  /** `--no-color`. */
  readonly isPlain: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * On a terminal, in colours. `--no-color` goes before FORCE_COLOR, which goes before NO_COLOR, as Node itself reads them.
 * Source: Node.js, `tty.WriteStream.getColorDepth`; https://no-color.org.
 */
export function paletteFor({ isTTY }: Output, { isPlain, env }: ColourChoice): Palette {
  if (isPlain) return plainPalette
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced === '0' || forced === 'false' ? plainPalette : colours
  const isRefused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return isTTY === true && !isRefused ? colours : plainPalette
}
