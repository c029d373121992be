import { ticketFor } from './ticket.ts';

/** A party's ticket, under the same rules as one player's. */
export function beforePartyMatchmakerAdd(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopePartyMatchmakerAdd,
): nkruntime.EnvelopePartyMatchmakerAdd {
  return { ...envelope, partyMatchmakerAdd: ticketFor(ctx, nk, envelope.partyMatchmakerAdd) };
}
