import type { Presence } from '../players/wire.ts';
import { Code, type Handler, isMatchId, type Request, type Steps } from './request.ts';
import { streamOfMatch } from './tracker.ts';

// After server/pipeline_match.go.

export function* matchCreate({ server, session }: Request): Steps {
  const match_id = `${server.random.uuid()}.`;
  server.tracker.track(streamOfMatch(match_id), session);
  yield;
  return { match: { match_id, size: 1, self: session.presence } };
}

interface Join {
  match_id?: string;
  token?: string;
  metadata?: Record<string, string>;
}

export function* matchJoin(request: Request, body: Join): Steps {
  const matchId = body.match_id ?? body.token ?? '';
  if (!isMatchId(matchId)) return request.refuse(Code.BAD_INPUT, 'Invalid match ID');
  return yield* matchId.endsWith('.') ? joinRelayed(request, body) : joinAuthoritative(request, body);
}

/** The presences of the answer are listed before the joiner is tracked: two joiners can miss each other. */
function* joinAuthoritative({ server, session, refuse }: Request, body: Join): Steps {
  const { match_id = '', metadata = {} } = body;
  const match = server.matchOf(match_id);
  if (!match) return refuse(Code.MATCH_NOT_FOUND, 'Match not found');
  const isNew = !match.members.includes(session);
  if (isNew) {
    const attempt = match.queueJoinAttempt(session, metadata);
    if (!attempt) return refuse(Code.JOIN_REJECTED, 'Match is not currently accepting join requests');
    yield () => attempt.result !== undefined || match.isStopped;
    const { accept, reason } = attempt.result ?? { accept: false, reason: '' };
    if (!accept) return refuse(Code.JOIN_REJECTED, reason || 'Match join rejected');
  }
  yield;
  const present = match.members.filter((other) => !(isNew && other === session));
  yield;
  if (isNew && server.happens('untracked')) session.close('lost on the way in');
  if (isNew) server.tracker.track(match.stream, session);
  yield;
  const presences = present.map((other) => other.presence);
  const shape = { match_id, authoritative: true, label: match.label, size: presences.length };
  return { match: { ...shape, presences, self: session.presence } };
}

function* joinRelayed({ server, session, refuse }: Request, { match_id, token }: Join): Steps {
  const matchId = match_id ?? token ?? '';
  const stream = streamOfMatch(matchId);
  const others = server.tracker.list(stream).filter((other) => other !== session);
  if (token === undefined && others.length === 0) return refuse(Code.MATCH_NOT_FOUND, 'Match not found');
  server.tracker.track(stream, session);
  yield;
  const presences = others.map((other) => other.presence);
  return { match: { match_id: matchId, size: presences.length, presences, self: session.presence } };
}

export const matchLeave: Handler<{ match_id?: string }> = (
  { server, session, refuse },
  { match_id = '' },
) => {
  if (!isMatchId(match_id)) return refuse(Code.BAD_INPUT, 'Invalid match ID');
  server.tracker.untrack(streamOfMatch(match_id), session);
  return {};
};

interface DataSend {
  match_id?: string;
  op_code?: string;
  data?: string;
  presences?: Presence[];
}

export const matchDataSend: Handler<DataSend> = ({ server, session, refuse }, body) => {
  const { match_id = '', op_code = '0', data = '', presences } = body;
  if (!isMatchId(match_id)) return refuse(Code.BAD_INPUT, 'Invalid match ID');
  const stream = streamOfMatch(match_id);
  if (!server.tracker.has(stream, session)) return undefined;
  if (stream.label !== '') {
    server.matchOf(match_id)?.queueData(session, Number(op_code), Buffer.from(data, 'base64'));
    return {};
  }
  const targets = presences?.map(({ session_id }) => session_id);
  for (const other of server.tracker.list(stream)) {
    const isMeant = targets ? targets.includes(other.id) : other !== session;
    if (isMeant) other.send({ match_data: { match_id, presence: session.presence, op_code, data } });
  }
  return {};
};
