extends RefCounted
## The way back to one's seat after the socket was lost.

const Events := preload("../match_events.gd")
const FindMatch := preload("find_match.gd")
const MatchSocket := preload("match_socket.gd")

## Before each try, in seconds; the last one repeats. Up to half as much is added, so that not all come at once.
const PAUSES_SEC: Array[float] = [0.0, 0.5, 1.0, 2.0, 4.0]
## No server keeps a seat for longer.
const GIVE_UP_MS := 300_000
## What may be otherwise at the next try.
const PASSING: Array[String] = ["busy", "timed-out", "disconnected"]

var _game: Events
var _socket: MatchSocket
var _find: FindMatch
var _is_stopped := false


func _init(game: Events, socket: MatchSocket, find: FindMatch) -> void:
	_game = game
	_socket = socket
	_find = find


func is_possible() -> bool:
	return _game.reconnect.is_valid()


func stop() -> void:
	_is_stopped = true


## Null when the player is on their seat again, else why they never will be.
func run(peer_id: int) -> OnlineMatchFailure:
	var match_id := _socket.match_id
	var began := Time.get_ticks_msec()
	var tries := 0
	_socket.stop()
	while Time.get_ticks_msec() - began < GIVE_UP_MS:
		var pause := PAUSES_SEC[mini(tries, PAUSES_SEC.size() - 1)]
		tries += 1
		if pause > 0.0:
			var with_jitter := pause * randf_range(1.0, 1.5)
			await _game.get_tree().create_timer(with_jitter, true, false, true).timeout
		var failure := await _try(match_id, peer_id)
		if _is_stopped or failure == null:
			return null
		if failure.code not in PASSING:
			return failure
	return OnlineMatchFailure.new("disconnected", OnlineMatchFailure.SENTENCE_OF_CODE.disconnected)


func _try(match_id: String, peer_id: int) -> OnlineMatchFailure:
	var lost := OnlineMatchFailure.new("disconnected", "There is no new connection yet.")
	if _is_stopped:
		return null
	var socket: Variant = await _game.reconnect.call()
	if _is_stopped or socket == null:
		return lost
	_socket.use(socket)
	var joined: Variant = await _find.join(match_id, {"resume": str(peer_id)})
	if joined is OnlineMatchFailure:
		_socket.stop()
		_socket.match_id = match_id
		return joined
	return null
