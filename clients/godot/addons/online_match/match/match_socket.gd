extends RefCounted
## The game's Nakama socket as one match uses it.
##
## No class of nakama-godot is named, so that every version of it fits: the socket is whatever has its methods and
## signals.

signal data_came(op_code: int, data: Variant)
signal presence_came(event: Variant)
signal matched(event: Variant)
signal closed
## Something came from the server.
signal heard

var socket: Variant
var match_id := ""
## This player's, on this socket; empty before the join.
var session_id := ""


## The socket from now on, in place of the one before.
func use(with: Variant) -> void:
	stop()
	socket = with
	socket.received_match_state.connect(_on_data)
	socket.received_match_presence.connect(_on_presence)
	socket.received_matchmaker_matched.connect(_on_matched)
	socket.closed.connect(_on_closed)
	heard.emit()


## Nothing is heard of the socket any more.
func stop() -> void:
	if socket == null:
		return
	socket.received_match_state.disconnect(_on_data)
	socket.received_match_presence.disconnect(_on_presence)
	socket.received_matchmaker_matched.disconnect(_on_matched)
	socket.closed.disconnect(_on_closed)
	socket = null


func send(op_code: int, text: String) -> void:
	if socket != null and match_id != "":
		socket.send_match_state_async(match_id, op_code, text)


func send_bytes(op_code: int, bytes: PackedByteArray) -> void:
	if socket != null and match_id != "":
		socket.send_match_state_raw_async(match_id, op_code, bytes)


## To the player on that session alone. Whether it went out.
func send_bytes_to(to_session: String, op_code: int, bytes: PackedByteArray) -> bool:
	if socket == null or match_id == "" or session_id == "":
		return false
	socket.send_match_state_raw_async(match_id, op_code, bytes, [Addressee.new(to_session)])
	return true


## It is dead, whatever it says.
func lose() -> void:
	var dead: Variant = socket
	stop()
	dead.close()
	closed.emit()


func _on_data(data: Variant) -> void:
	heard.emit()
	if data.match_id == match_id:
		data_came.emit(data.op_code, data)


func _on_presence(event: Variant) -> void:
	heard.emit()
	if event.match_id == match_id:
		presence_came.emit(event)


func _on_matched(event: Variant) -> void:
	matched.emit(event)


func _on_closed() -> void:
	closed.emit()


## Whom match data is for. nakama-godot writes any object that says by [code]_SCHEMA[/code] which of its fields are to
## be written, as its own presences do.
class Addressee:
	extends RefCounted
	# nakama-godot asks for it by this name.
	const _SCHEMA := {  # gdlint: ignore=constant-name
		"session_id": {"name": "session_id", "type": TYPE_STRING, "required": true},
	}
	var session_id: String

	func _init(of_session: String) -> void:
		session_id = of_session
