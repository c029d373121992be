extends Control
## The lobby, and the game when it has begun.

const Login := preload("nakama_login.gd")
const Overlay := preload("link_overlay.gd")

## Gives an open socket, or null. A game may have its own way.
var open_socket: Callable
var socket: Variant
@onready var game: Node2D = %Game
@onready var _status: Label = %Status
@onready var _code: LineEdit = %Code
@onready var _players: ItemList = %Players
@onready var _lobby: Control = %Lobby
@onready var _begin: Button = %Begin


func _ready() -> void:
	if not open_socket.is_valid():
		var login := Login.new()
		add_child(login)
		open_socket = login.open_socket
	add_child(Overlay.new())
	OnlineMatch.reconnect = _open_new_socket
	%Create.pressed.connect(_on_create)
	%Join.pressed.connect(_on_join)
	%Find.pressed.connect(_on_find)
	%Leave.pressed.connect(_on_leave)
	_begin.pressed.connect(begin)
	multiplayer.peer_connected.connect(_on_peer_connected)
	OnlineMatch.error.connect(_on_error)
	OnlineMatch.reconnecting.connect(_say.bind("The connection was lost; the game goes on meanwhile."))
	OnlineMatch.reconnected.connect(_say.bind("Back again."))
	OnlineMatch.room_changed.connect(_on_room_changed)
	OnlineMatch.host_changed.connect(_on_host_changed)
	_say("Make a match, and tell others its code.")


## Begins the game for all who are here. Others may come later: a game that wants nobody then calls
## OnlineMatch.start_playing().
func begin() -> void:
	if OnlineMatch.is_host():
		_show_game.rpc()


@rpc("any_peer", "call_local", "reliable")
func _show_game() -> void:
	_lobby.hide()
	game.show()


func _on_peer_connected(peer_id: int) -> void:
	if OnlineMatch.is_host() and game.visible:
		_show_game.rpc_id(peer_id)


func _show_lobby() -> void:
	game.call("reset")
	game.hide()
	_lobby.show()


func _on_leave() -> void:
	_show_lobby()
	await OnlineMatch.leave()


func _on_create() -> void:
	if await _has_socket():
		await OnlineMatch.create_match(socket)


func _on_join() -> void:
	if await _has_socket():
		await OnlineMatch.join_match(socket, _code.text)


func _on_find() -> void:
	if await _has_socket():
		_say("Waiting for other players …")
		await OnlineMatch.start_matchmaking(socket)


func _has_socket() -> bool:
	if socket == null:
		await _open_new_socket()
	if socket == null:
		_say("There is no server, or the addon nakama-godot is missing: see README.md.")
	return socket != null


func _open_new_socket() -> Variant:
	socket = await open_socket.call()
	return socket


func _on_room_changed(room: OnlineMatchRoom) -> void:
	_code.text = room.code if room.code != "" else OnlineMatch.match_id
	_begin.disabled = not OnlineMatch.is_host() or room.phase != "ready"
	_players.clear()
	for player: OnlineMatchPlayer in OnlineMatch.get_players_by_peer_id().values():
		var is_host := " · host" if player.peer_id == room.host_peer_id else ""
		var is_away := " · away" if player.away else ""
		_players.add_item("%d  %s%s%s" % [player.peer_id, player.username, is_host, is_away])


func _on_host_changed(player: OnlineMatchPlayer, term: int) -> void:
	if term > 1:
		_say("%s is host now." % player.username)


## The match may be over, or only something in it may have failed.
func _on_error(message: String) -> void:
	_say(message)
	if OnlineMatch.match_state == OnlineMatch.MatchState.LOBBY:
		_show_lobby()


func _say(text: String) -> void:
	_status.text = text
