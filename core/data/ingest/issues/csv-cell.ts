/**
 * A value as a CSV cell that no spreadsheet takes for a formula: what begins like one (`=`, `+`, `-`, `@`, tab, their
 * full-width forms, also after spaces or quotes) gets an apostrophe in front, except plain numbers. Long values are cut.
 */
export function csvCell(value: string): string {
  let text = value.length > 200 ? `${value.slice(0, 199)}…` : value
  const risky = /^[\s"']*[=+\-@\t\r＝＋－＠]/u.test(text) && !/^[-+]?\d+(\.\d+)?$/.test(text)
  if (risky) text = `'${text}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
