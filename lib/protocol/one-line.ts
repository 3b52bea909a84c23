const mostCharacters = 240;

/** The first line of somebody else's text, without long hex, at most 240 characters. */
export function oneLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.replace(/0x[0-9a-f]{9,}/gi, '…').slice(0, mostCharacters);
}
