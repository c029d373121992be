// @ts-check
import { parseArgs } from 'node:util';
import { Problem } from './stack/problem.js';

/**
 * What a command line has of these flags; @throws a Problem that says in a sentence what is wrong with it.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} const Flags
 * @param {string} command
 * @param {string[]} args
 * @param {Flags} options
 */
export function flagsIn(command, args, options) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const [sentence = ''] = /** @type {Error} */ (error).message.split(/\.\s/);
    throw new Problem(`${sentence.replace(/\.$/, '')}.`, `${command} -- --help lists the options.`);
  }
}
