import { isText } from '../text-key.ts';

/** Join metadata: the password of the room. */
export const PASSWORD = 'password';

const MAX_PASSWORD_LENGTH = 64;

export const PASSWORD_ALLOWED = `text of 1 to ${MAX_PASSWORD_LENGTH} characters`;

export function isPassword(value: unknown): value is string {
  return isText(value, MAX_PASSWORD_LENGTH) && value !== '';
}
