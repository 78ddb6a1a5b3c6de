import { plainPalette, type Palette } from './palette.ts'

/** Those of colours, which only the palette writes. */
// oxlint-disable-next-line no-control-regex -- what is looked for are control codes
const controls = /(?!\u001B\[\d+m)[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g
// oxlint-disable-next-line no-control-regex -- the same
const allControls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g

/** Lines as they are written: a name in a database may have what moves a cursor or renames a window, and a terminal would do it. */
export function shownText(lines: readonly string[], palette: Palette): string {
  return `${lines.join('\n').replaceAll(palette === plainPalette ? allControls : controls, '\uFFFD')}\n`
}
