import type { Envelope } from '../players/wire.ts';
import { matchCreate, matchDataSend, matchJoin, matchLeave } from './match-requests.ts';
import { matchmakerAdd, partyCreate, partyJoin, partyMatchmakerAdd } from './matchmaker-requests.ts';
import { parseEnvelope, printEnvelope } from './proto.ts';
import { Code, ctxOf, type Handler, type Request, type ServingNode, type Steps } from './request.ts';
import type { Session, Task } from './session.ts';

const ping: Handler = () => ({ pong: {} });

const rpc: Handler<{ id: string; payload?: string }> = (
  { server, session, refuse },
  { id, payload = '' },
) => {
  try {
    return { rpc: { id, payload: server.runtime.callRpc(id, ctxOf(session), payload) } };
  } catch (error) {
    return refuse(Code.FUNCTION_EXCEPTION, (error as Error).message);
  }
};

const handlers: Record<string, Handler> = {
  ping,
  rpc: rpc as Handler,
  match_create: matchCreate,
  match_join: matchJoin as Handler,
  match_leave: matchLeave as Handler,
  match_data_send: matchDataSend as Handler,
  matchmaker_add: matchmakerAdd as Handler,
  party_create: partyCreate,
  party_join: partyJoin as Handler,
  party_matchmaker_add: partyMatchmakerAdd as Handler,
};

/** match_data_send → MatchDataSend */
const hookIdOf = (kind: string) => kind.replace(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase());

/** One request, after server/pipeline.go: before hook, the request itself, its answer, after hook. */
export function* serve(server: ServingNode, session: Session, received: Envelope): Task {
  const cid = received.cid === undefined ? {} : { cid: received.cid };
  const kind = Object.keys(received).find((key) => key !== 'cid') ?? '';
  const handler = handlers[kind];
  if (kind === '') {
    session.close('missing payload');
    return;
  }
  if (!handler) throw new Error(`fake Nakama cannot ${kind}`);
  const request: Request = {
    server,
    session,
    refuse: (code, message) => void session.send({ ...cid, error: { code, message } }),
  };
  const admitted = before(request, kind, received);
  if (!admitted) return;
  const result = handler(request, (admitted[kind] ?? {}) as never);
  const out = result && Symbol.iterator in result ? yield* result as Steps : result;
  if (!out) return;
  const answer = kind === 'match_data_send' ? undefined : { ...cid, ...out };
  if (answer) session.send(answer);
  yield;
  after(request, kind, answer, admitted);
}

/** Undefined when the request ends here: a throw answers an error, null closes the socket. */
function before(
  { server, session, refuse }: Request,
  kind: string,
  received: Envelope,
): Envelope | undefined {
  const hook = server.runtime.registrations.before.get(hookIdOf(kind));
  if (!hook) return received;
  try {
    const ctx = { ...ctxOf(session), executionMode: 'before' };
    const result = server.runtime.call(hook, ctx, printEnvelope(received));
    if (result) return parseEnvelope(JSON.parse(JSON.stringify(result))) as Envelope;
  } catch (error) {
    return refuse(Code.FUNCTION_EXCEPTION, (error as Error).message);
  }
  session.close('Requested resource was not found.');
  return undefined;
}

function after(
  { server, session }: Request,
  kind: string,
  answer: Envelope | undefined,
  admitted: Envelope,
): void {
  const hook = server.runtime.registrations.after.get(hookIdOf(kind));
  if (!hook || server.happens('skippedAfter')) return;
  const ctx = { ...ctxOf(session), executionMode: 'after' };
  try {
    server.runtime.call(hook, ctx, answer ? printEnvelope(answer) : null, printEnvelope(admitted));
  } catch (error) {
    server.log(`error after hook of ${kind}: ${(error as Error).message}`);
  }
}
