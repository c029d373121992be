class_name OnlineMatchPlayer
extends RefCounted
## Somebody in the match.

## How far the link to a player is.
enum Status { CONNECTING, CONNECTED, FAILED }

const Fields := preload("protocol/fields.gd")

## Of the socket that they are on now: another one after they came back.
var session_id: String
var user_id := ""
var username: String
## Their id in Godot's multiplayer. Nobody else in the match ever has the same.
var peer_id: int
## Whether their client knows this server; the addon of old does not.
var announced := false
## What their client can, of that which this server knows: "fallback" and the like.
var can: Array = []
## One more with each time that they came back without their old connections, as after a restart of the game.
var generation := 0
## Whether they lost their connection to the server. Their seat is kept for [member away_sec] seconds.
var away := false
var away_sec := 0
## Whether they said so by [code]OnlineMatch.set_ready[/code].
var ready := false
## What they said of themselves by [code]OnlineMatch.set_player_properties[/code].
var properties := {}
## One of [enum Status]; one's own is CONNECTED.
var status: int = Status.CONNECTING
## By which way data goes: "server" where no connection comes up, "turn", or empty where that is not known.
var via := ""
## How many milliseconds data takes there and back; -1 while that is not known. It is measured every second.
var rtt_ms := -1


func _init(with_session_id: String, with_username: String, with_peer_id: int) -> void:
	session_id = with_session_id
	username = with_username
	peer_id = with_peer_id


## From a presence of nakama-godot.
static func from_presence(presence: Variant, with_peer_id: int) -> OnlineMatchPlayer:
	var player := OnlineMatchPlayer.new(presence.session_id, presence.username, with_peer_id)
	player.user_id = presence.user_id
	return player


## From an entry of a snapshot, or from [method to_dict].
static func from_dict(data: Dictionary) -> OnlineMatchPlayer:
	var player := OnlineMatchPlayer.new(
		Fields.text_in(data, "session_id"), Fields.text_in(data, "username"), Fields.int_in(data, "peer_id")
	)
	player.user_id = Fields.text_in(data, "user_id")
	player.update(data)
	return player


## Takes over what can change while they are in.
func update(data: Dictionary) -> void:
	session_id = Fields.text_in(data, "session_id", session_id)
	announced = Fields.flag_in(data, "announced")
	can = Fields.list_in(data, "can")
	generation = Fields.int_in(data, "generation")
	away = Fields.flag_in(data, "away")
	away_sec = Fields.int_in(data, "away_sec")
	ready = Fields.flag_in(data, "ready")
	properties = Fields.object_of(data, "properties")


func to_dict() -> Dictionary:
	return {
		"session_id": session_id,
		"user_id": user_id,
		"username": username,
		"peer_id": peer_id,
		"announced": announced,
		"can": can,
		"generation": generation,
		"away": away,
		"away_sec": away_sec,
		"ready": ready,
		"properties": properties,
	}


func _to_string() -> String:
	return "%s (peer %d)" % [username, peer_id]
