class_name OnlineMatchRoom
extends RefCounted
## The match as the server sees it: the latest snapshot (9010).

const Fields := preload("protocol/fields.gd")

## Six letters by which others come in: [code]OnlineMatch.join_match[/code] takes them in place of the id.
var code := ""
var name := ""
## "private", or "public": then lists show it.
var visibility := "private"
var has_password := false
## What the game says of the match, for lists: texts, numbers and booleans by name.
var properties := {}
## "waiting", "gathering", "ready", "sealed" or "closed".
var phase := ""
## "mesh": all are linked to each other; "star": each to the host alone.
var topology := "mesh"
var client_version := ""
var min_players := 2
var max_players := 4
var open_seats := 0
## Who is host, by peer id; 0 while nobody is.
var host_peer_id := 0
## One more with each change of the host, from 1.
var host_term := 0
## The entries of those who are in, sorted by peer id: see [method OnlineMatchPlayer.from_dict].
var players: Array[Dictionary] = []
## Pairs of players by session id, [code]{a, b, state}[/code], the state "connecting", "connected" or "failed".
var links: Array[Dictionary] = []
## Whether all links are connected, but for those of players who are away.
var connected := false
## Whether all are ready who are here and whose clients know this server: see [code]OnlineMatch.set_ready[/code].
var all_ready := false
## Whose snapshot this is, by session id; only in the first one.
var you := ""
## Only in the first one.
var ice_servers: Array = []
## Seconds; -1 where there is nothing that expires.
var ice_expires_in := -1


## Null where it is no snapshot.
static func decode(text: String) -> OnlineMatchRoom:
	var fields := Fields.object_in(text)
	if not fields.get("players") is Array:
		return null
	var room := OnlineMatchRoom.new()
	room.code = Fields.text_in(fields, "code")
	room.name = Fields.text_in(fields, "name")
	room.visibility = Fields.text_in(fields, "visibility", "private")
	room.has_password = Fields.flag_in(fields, "has_password")
	room.properties = Fields.object_of(fields, "properties")
	room.phase = Fields.text_in(fields, "phase")
	room.topology = Fields.text_in(fields, "topology", "mesh")
	room.client_version = Fields.text_in(fields, "client_version")
	room.min_players = Fields.int_in(fields, "min_players", 2)
	room.max_players = Fields.int_in(fields, "max_players", 4)
	room.open_seats = Fields.int_in(fields, "open_seats")
	var host := Fields.object_of(fields, "host")
	room.host_peer_id = Fields.int_in(host, "peer_id")
	room.host_term = Fields.int_in(host, "term")
	for listed: Variant in fields.players:
		if listed is Dictionary and _is_player(listed):
			room.players.append(listed)
	for link: Variant in Fields.list_in(fields, "links"):
		if link is Dictionary:
			room.links.append(link)
	room.connected = Fields.flag_in(fields, "connected")
	room.all_ready = Fields.flag_in(fields, "all_ready")
	room.you = Fields.text_in(fields, "you")
	room.ice_servers = Fields.list_in(fields, "ice_servers")
	room.ice_expires_in = Fields.int_in(fields, "ice_expires_in", -1)
	return room


static func _is_player(listed: Dictionary) -> bool:
	return Fields.text_in(listed, "session_id") != "" and Fields.int_in(listed, "peer_id") > 0
