import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tell } from '../stack/problem.js';
import { apiReference, referenceFile } from './reference.ts';

/** `npm run docs:api`: writes docs/api anew. */
export async function main(): Promise<void> {
  try {
    const text = await apiReference();
    mkdirSync(path.dirname(referenceFile), { recursive: true });
    writeFileSync(referenceFile, text);
  } catch (error) {
    tell(error);
    process.exitCode = 1;
  }
}
