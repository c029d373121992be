/** How players get into a room together. */
export const WAYS = ['matchmaker', 'rpc', 'create_match'] as const;
export type Way = (typeof WAYS)[number];

export function isWay(text: string): text is Way {
  return (WAYS as readonly string[]).includes(text);
}
