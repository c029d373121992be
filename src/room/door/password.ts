import { type Refusal, refuse } from '../../protocol/refusal.ts';

/** What came of the password that somebody named: "barred" is not looked at, after too many wrong ones. */
export type PasswordCheck = 'right' | 'wrong' | 'none' | 'barred';

export function refusePassword(check: PasswordCheck): Refusal | null {
  switch (check) {
    case 'right':
      return null;
    case 'wrong':
      return refuse('wrong-password', 'this is not the password of the match');
    case 'barred':
      return refuse('too-many-requests', 'too many wrong passwords, wait a minute');
    case 'none':
      return refuse('password-required', 'this match has a password');
  }
}
