extends RefCounted
## Finds out that a socket is dead which nobody has closed, as after a change of networks: nakama-godot waits for ever.

const MatchSocket := preload("match_socket.gd")

## The server is asked whether it is there when nothing came from it for so long, and has so long to answer.
const ASK_AFTER_MS := 5000
const ANSWER_WITHIN_MS := 5000
## A pause of one's own game of more than this says nothing about the server: its answer may wait to be read.
const OWN_PAUSE_MS := 1000

var _socket: MatchSocket
var _heard_at := 0
## When it was asked; -1 while no answer is awaited.
var _asked_at := -1
var _checked_at := 0


func _init(socket: MatchSocket) -> void:
	_socket = socket
	socket.heard.connect(_on_heard)


## From the game's loop, while there is a socket. Whether the server is there, as far as is known.
func is_there(now: int) -> bool:
	if now - _checked_at > OWN_PAUSE_MS:
		_heard_at = now
		_asked_at = now if _asked_at >= 0 else -1
	_checked_at = now
	if _asked_at >= 0:
		return now - _asked_at < ANSWER_WITHIN_MS
	if now - _heard_at >= ASK_AFTER_MS:
		_asked_at = now
		_ask()
	return true


func _ask() -> void:
	var asked: Variant = _socket.socket
	# Any request will do; this one has the server look at nothing.
	await asked.rpc_async("get_ice_servers", "")
	if asked == _socket.socket:
		_on_heard()


func _on_heard() -> void:
	_heard_at = _checked_at
	_asked_at = -1
