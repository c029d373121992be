import type { Ticket } from '../players/wire.ts';
import { Code, type Handler } from './request.ts';

// After server/pipeline_matchmaker.go and pipeline_party.go.

const countsAreWrong = ({ min_count, max_count }: Ticket) => !(min_count >= 2 && max_count >= min_count);

export const matchmakerAdd: Handler<Ticket> = ({ server, session, refuse }, wish) => {
  if (countsAreWrong(wish)) return refuse(Code.BAD_INPUT, 'Invalid minimum count, must be >= 2');
  const ticket = server.matchmaker.add([session], wish);
  return ticket
    ? { matchmaker_ticket: { ticket } }
    : refuse(Code.RUNTIME_EXCEPTION, 'Error adding to matchmaker');
};

export const partyCreate: Handler = ({ server, session }) => {
  const party_id = `${server.random.uuid()}.${server.node}`;
  server.parties.set(party_id, [session]);
  return { party: { party_id, self: session.presence } };
};

export const partyJoin: Handler<{ party_id: string }> = ({ server, session }, { party_id }) => {
  server.parties.get(party_id)?.push(session);
  session.send({ party: { party_id, self: session.presence } });
  return {};
};

export const partyMatchmakerAdd: Handler<Ticket & { party_id: string }> = (
  request,
  { party_id, ...wish },
) => {
  const { server, session, refuse } = request;
  if (countsAreWrong(wish)) return refuse(Code.BAD_INPUT, 'Invalid minimum count, must be >= 2');
  const members = server.parties.get(party_id) ?? [];
  const ticket = server.matchmaker.add(members, wish, party_id);
  if (!ticket) return refuse(Code.BAD_INPUT, 'Error adding party to matchmaker: matchmaker query invalid');
  const added = { party_matchmaker_ticket: { party_id, ticket } };
  for (const other of members) if (other !== session) other.send(added);
  return added;
};
