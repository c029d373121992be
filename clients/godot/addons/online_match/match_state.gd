extends "match_events.gd"
## Where this player is: in which match, and with whom.

const Link := preload("links/link.gd")
const Membership := preload("match/membership.gd")
const Participation := preload("match/participation.gd")

## Of the match, for others to join; empty outside a match.
var match_id: String:
	get:
		return _part.socket.match_id if _part != null else ""
var matchmaker_ticket: String:
	get:
		return _part.find.ticket if _part != null else ""
var my_session_id: String:
	get:
		return get_my_session_id()
## One of [enum MatchState].
var match_state: int:
	get:
		return _part.state() if _part != null else MatchState.LOBBY
## One of [enum MatchMode].
var match_mode: int:
	get:
		return _part.mode if _part != null else MatchMode.NONE
## Everybody who is in, by session id; this player too.
var players: Dictionary:
	get:
		var found := _membership()
		return found.roster.by_session_id() if found != null else {}
## The match as the server sees it; null before it told.
var room: OnlineMatchRoom:
	get:
		var found := _membership()
		return found.room if found != null else null
var nakama_socket: Variant:
	get:
		return _part.socket.socket if _part != null else null

var _part: Participation


func get_my_session_id() -> String:
	return _part.socket.session_id if _part != null else ""


func get_match_id() -> String:
	return match_id


func get_matchmaker_ticket() -> String:
	return matchmaker_ticket


func get_match_mode() -> int:
	return match_mode


func get_match_state() -> int:
	return match_state


func get_session_id(peer_id: int) -> Variant:
	var player := get_player_by_peer_id(peer_id)
	return player.session_id if player != null else null


func get_player_by_peer_id(peer_id: int) -> OnlineMatchPlayer:
	return get_players_by_peer_id().get(peer_id)


func get_players_by_peer_id() -> Dictionary:
	var found := _membership()
	return found.roster.by_peer_id.duplicate() if found != null else {}


func get_player_names_by_peer_id() -> Dictionary:
	var names := {}
	for player: OnlineMatchPlayer in get_players_by_peer_id().values():
		names[player.peer_id] = player.username
	return names


func get_webrtc_peer(session_id: String) -> WebRTCPeerConnection:
	var player: OnlineMatchPlayer = players.get(session_id)
	return get_webrtc_peer_by_peer_id(player.peer_id) if player != null else null


## The present connection to a player, for statistics; a link that is made anew has another one.
func get_webrtc_peer_by_peer_id(peer_id: int) -> WebRTCPeerConnection:
	var found := _membership()
	var link: Link = found.mesh.links.get(peer_id) if found != null else null
	return link.connection.raw if link != null and link.connection != null else null


## Whether this player is host. At first that is peer 1; when a host is gone, another one.
func is_host() -> bool:
	var found := _membership()
	return found != null and found.office.is_own


## The host's; null while nobody is.
func get_host() -> OnlineMatchPlayer:
	var found := _membership()
	return found.roster.by_peer_id.get(found.office.peer_id) if found != null else null


## Players by session id as plain data, to send or to store.
static func serialize_players(by_session_id: Dictionary) -> Dictionary:
	var plain := {}
	for session_id: String in by_session_id:
		plain[session_id] = by_session_id[session_id].to_dict()
	return plain


static func unserialize_players(plain: Dictionary) -> Dictionary:
	var by_session_id := {}
	for session_id: String in plain:
		by_session_id[session_id] = OnlineMatchPlayer.from_dict(plain[session_id])
	return by_session_id


func _membership() -> Membership:
	return _part.membership if _part != null else null
