extends Node
## What a game sets, and what it hears. [code]OnlineMatch[/code] is one of these.

## Something failed: a sentence that can be shown to the player. After a refusal the match has been left.
signal error(message: String)
## The same, with the code for programs.
signal failed(failure: OnlineMatchFailure)
## The match is lost with the connection to the server.
signal disconnected
## The connection to the server is lost, and is being made anew. The seat is kept, and the links stay.
signal reconnecting
## The player is back on their seat, with the same peer id.
signal reconnected

signal match_created(match_id: String)
signal match_joined(match_id: String)
## All players whom the matchmaker put together, by session id. They come in one by one.
signal matchmaker_matched(players: Dictionary)

## Also for this player, first of all.
signal player_joined(player: OnlineMatchPlayer)
signal player_left(player: OnlineMatchPlayer)
## The link to a player is another [enum OnlineMatchPlayer.Status].
signal player_status_changed(player: OnlineMatchPlayer, status: int)
## A player lost their connection to the server, or is back. Their seat is kept meanwhile.
signal player_away_changed(player: OnlineMatchPlayer)

## Enough players are in, and all are connected to each other. By session id.
signal match_ready(players: Dictionary)
signal match_not_ready
## The room as the server sees it changed.
signal room_changed(room: OnlineMatchRoom)
## Somebody is host now: at first the player with peer id 1, and another one when the host is gone.
signal host_changed(player: OnlineMatchPlayer, term: int)
## To a new host: what an earlier one gave to [code]save_checkpoint[/code]. It comes from a player: check it.
signal checkpoint_restored(data: PackedByteArray)

signal webrtc_peer_added(webrtc_peer: WebRTCPeerConnection, player: OnlineMatchPlayer)
signal webrtc_peer_removed(webrtc_peer: WebRTCPeerConnection, player: OnlineMatchPlayer)

enum MatchState { LOBBY, MATCHING, CONNECTING, WAITING_FOR_ENOUGH_PLAYERS, READY, PLAYING }
enum MatchMode { NONE, CREATE, JOIN, MATCHMAKER }
## Those of the addon of old; protocol/op_code.gd has all.
enum MatchOpCode { WEBRTC_PEER_METHOD = 9001, JOIN_SUCCESS = 9002, JOIN_ERROR = 9003 }
## See [enum OnlineMatchPlayer.Status].
enum PlayerStatus { CONNECTING, CONNECTED, FAILED }
## AUTO: data goes through a TURN server where nothing else works; FORCED: always; DISABLED: never.
enum NetworkRelay { AUTO, FORCED, DISABLED }

const Player := preload("player.gd")

## A match is ready with so many. The server has bounds of its own.
var min_players := 2
## A match takes so many.
var max_players := 4
## Only games of the same version meet.
var client_version := "dev"
## STUN and TURN servers of the game's own; where there are none, the server's are used and kept fresh.
var ice_servers: Array = []
## One of [enum NetworkRelay].
var use_network_relay: int = NetworkRelay.AUTO
## Called without arguments when the connection to the server was lost in a match, with growing pauses; shall return
## a new, open socket of the same user, or null. May wait. Where it is not set, the match is lost.
var reconnect := Callable()
