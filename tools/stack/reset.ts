import { rmSync } from 'node:fs';
import path from 'node:path';

/** What a stack leaves in its folder, which may be one of the user's own. */
const ours = ['data', 'password', 'nakama.yml', 'nakama.log'];

/** Removes a stack's database, its password and its log. */
export function removeData(dir: string): void {
  for (const name of ours) rmSync(path.join(dir, name), { recursive: true, force: true });
}
