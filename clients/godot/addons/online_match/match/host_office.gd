extends RefCounted
## Who is host, and what the host does for the server.

const Events := preload("../match_events.gd")
const MatchSocket := preload("match_socket.gd")
const OpCode := preload("../protocol/op_code.gd")
const Reports := preload("../protocol/reports.gd")
const Roster := preload("roster.gd")

## The server takes one checkpoint in a second.
const SAVE_EVERY_MS := 1000

## 0 while nobody is.
var peer_id := 0
var term := 0
var is_own := false
var _game: Events
var _socket: MatchSocket
var _unsaved: Variant
var _saved_at := -SAVE_EVERY_MS
var _is_asked := false


func _init(game: Events, socket: MatchSocket) -> void:
	_game = game
	_socket = socket


func apply(room: OnlineMatchRoom, roster: Roster, own_peer_id: int) -> void:
	is_own = room.host_peer_id == own_peer_id and own_peer_id != 0
	if not is_own:
		_unsaved = null
	var player: OnlineMatchPlayer = roster.by_peer_id.get(room.host_peer_id)
	if room.host_term == term and room.host_peer_id == peer_id:
		return
	peer_id = room.host_peer_id
	term = room.host_term
	if player != null:
		_game.host_changed.emit(player, term)


## The newest state is sent, at most once a second.
func save(bytes: PackedByteArray) -> void:
	_unsaved = bytes


func on_data(op_code: int, text: String) -> void:
	match op_code:
		OpCode.HOST_CHECK:
			_is_asked = true
		OpCode.CHECKPOINT_RESTORED:
			var checkpoint := Reports.checkpoint(text)
			if not checkpoint.is_empty():
				_game.checkpoint_restored.emit(checkpoint.data)


## From the game's loop: an answer from here says that the game goes on.
func process() -> void:
	if _is_asked:
		_is_asked = false
		_socket.send(OpCode.HOST_CHECK, "")
	var now := Time.get_ticks_msec()
	if _unsaved != null and now - _saved_at >= SAVE_EVERY_MS:
		_socket.send_bytes(OpCode.CHECKPOINT, _unsaved)
		_unsaved = null
		_saved_at = now
