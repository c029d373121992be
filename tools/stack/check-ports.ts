import { portsOfStack, type StackPorts } from './port-numbers.js';
import { isFree } from './ports.ts';
import { Problem } from './problem.js';

/** @throws a Problem that names all ports that are asked for twice, or else all that other programs have. */
export async function checkPorts(ports: StackPorts, hasDatabase: boolean, hasTurn: boolean): Promise<void> {
  const uses = portsOfStack(ports, hasDatabase, hasTurn);
  const twice = uses.flatMap(([use, port], i) => {
    const other = uses.slice(0, i).find(([, taken]) => taken === port);
    return other ? [`${port} (${other[0]} and ${use})`] : [];
  });
  if (twice.length > 0) {
    const subject = twice.length === 1 ? 'A port is' : 'Ports are';
    throw new Problem(`${subject} asked for twice: ${twice.join(', ')}.`, 'Set one of them to another.');
  }
  const free = await Promise.all(uses.map(([, port]) => isFree(port)));
  const taken = uses.filter((_, i) => !free[i]).map(([use, port]) => `${port} (${use})`);
  if (taken.length === 0) return;
  const subject =
    taken.length === 1
      ? `Port ${taken[0]} is taken by another program`
      : `Ports ${taken.join(', ')} are taken by other programs`;
  throw new Problem(
    `${subject}.`,
    `Stop what has them, or move this stack: npm start -- --port ${ports.api + 100} (--help lists single ports).`,
  );
}
