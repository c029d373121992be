import { codeIn } from '../code.ts';
import { type Decoded, decodeRequest } from './request.ts';

// find_online_match: the match that has a code, answered as get_online_match answers it.

/** Clients write the request. */
export function encodeFindRequest(code: string): string {
  return JSON.stringify({ code });
}

/** The server reads the code in it. */
export function decodeFindRequest(payload: string): Decoded<{ readonly code: string }> {
  return decodeRequest(payload, (fields) => ({
    code: codeIn(String(fields.required('code', isCode, 'six letters of a match'))) ?? '',
  }));
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && codeIn(value) !== null;
}
