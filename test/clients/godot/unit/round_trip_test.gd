extends "game_test.gd"
## The time that data takes there and back, and what is no sign of a game.

const Carrier := preload("res://addons/online_match/links/carrier.gd")
const Frame := preload("res://addons/online_match/links/frame.gd")
const Overlay := preload("res://example/link_overlay.gd")
const Side := preload("side.gd")


func test_it_is_measured_on_a_direct_link_and_on_the_one_after_it() -> void:
	var sides := Side.meet(self, 2)
	var times := func() -> Array: return [sides[0].mesh.links[2].rtt_ms, sides[1].mesh.links[1].rtt_ms]
	same(times.call(), [-1, -1])
	await until(func() -> bool: return times.call().min() >= 0, "times")
	sides[0].cut(2)
	await until(func() -> bool: return times.call().min() < 0, "the link to go")
	await until(func() -> bool: return times.call().min() >= 0, "times of the next one")


func test_a_client_that_echoes_and_whose_game_stands_still_is_silent() -> void:
	var sides := Side.meet(self, 2)
	var link: Object = sides[0].mesh.links[2]
	await until(func() -> bool: return link._pulse._has_answered, "an answer")
	sides[1].is_frozen = true
	get_tree().multiplayer_poll = false
	var echo := Frame.of(Frame.Kind.ECHO, 0, Time.get_ticks_msec()).encode()
	var is_silent := func() -> bool:
		link._carrier.receive(echo, Carrier.Way.CHANNELS, Time.get_ticks_msec())
		return link.is_silent
	await until(is_silent, "silence")
	get_tree().multiplayer_poll = true


func test_the_overlay_shows_those_of_this_player() -> void:
	var room := OnlineMatchRoom.new()
	room.host_peer_id = 1
	for id: String in ["a", "b", "c"]:
		room.players.append({"session_id": id, "peer_id": float(room.players.size() + 1)})
	room.links = [
		{"a": "a", "b": "b", "state": "connected", "rtt_ms": 31.0},
		{"a": "a", "b": "c", "state": "failed"},
		{"a": "b", "b": "c", "state": "connected", "via": "server", "rtt_ms": 90.0},
	]
	same(Array(Overlay.lines_of(room, "b")), ["★ 1 · ● ✗  31 ms", "  2 ● · ◎", "  3 ✗ ◎ ·  90 ms"])
