/** The instant that a flag names. Throws a sentence that names the flag. */
export function givenInstant(flag: string, text: string): Date {
  const instant = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(instant.getTime()))
    throw new Error(`${flag} must be an instant, such as 2027-03-01T12:00Z, not "${text}".`);
  return instant;
}
