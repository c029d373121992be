import { ticketFor } from './ticket.ts';

export function beforeMatchmakerAdd(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchmakerAdd,
): nkruntime.EnvelopeMatchmakerAdd {
  return { ...envelope, matchmakerAdd: ticketFor(ctx, nk, envelope.matchmakerAdd) };
}
