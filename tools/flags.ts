import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Problem } from './stack/problem.ts';

/** What a command line has of these flags; @throws a Problem that says in a sentence what is wrong with it. */
export function flagsIn<const Flags extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: Flags,
) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s/);
    throw new Problem(`${sentence.replace(/\.$/, '')}.`, `${command} -- --help lists the options.`);
  }
}
