extends Node
## Does what it is told, line by line in JSON, and tells what its game hears.
##   in   {"id": 1, "do": "join_match", "with": ["…"]}
##   out  {"id": 1, "value": true}   {"event": "match_ready", "value": […]}

const NakamaDouble := preload("nakama_double.gd")

const EVENTS: Array[String] = [
	"error",
	"failed",
	"disconnected",
	"reconnecting",
	"reconnected",
	"match_created",
	"match_joined",
	"matchmaker_matched",
	"player_joined",
	"player_left",
	"player_status_changed",
	"player_away_changed",
	"match_ready",
	"match_not_ready",
	"host_changed",
	"checkpoint_restored",
]

var port := 0
var socket: NakamaDouble
var _control := StreamPeerTCP.new()
var _unread := ""
var _server := {}
var _seen_example := ""
@onready var _match: Node = get_node("/root/OnlineMatch")


func _ready() -> void:
	process_mode = Node.PROCESS_MODE_ALWAYS
	Engine.max_fps = 60
	_control.connect_to_host("127.0.0.1", port)
	for event in EVENTS:
		_listen(event)
	_match.room_changed.connect(_on_room_changed)
	(multiplayer as SceneMultiplayer).peer_packet.connect(_on_bytes)
	multiplayer.peer_connected.connect(func(id: int) -> void: tell("peer_connected", id))
	multiplayer.peer_disconnected.connect(func(id: int) -> void: tell("peer_disconnected", id))


func _process(_delta: float) -> void:
	_control.poll()
	if _control.get_status() in [StreamPeerTCP.STATUS_NONE, StreamPeerTCP.STATUS_ERROR]:
		get_tree().quit(1)
		return
	var count := _control.get_available_bytes()
	if count <= 0:
		return
	_unread += _control.get_utf8_string(count)
	var lines := _unread.split("\n")
	_unread = lines[-1]
	for line in lines.slice(0, -1):
		_carry_out(JSON.parse_string(line))


func tell(event: String, value: Variant) -> void:
	_write({"event": event, "value": plain(value)})


## RPCs of the game.
@rpc("any_peer", "call_remote", "reliable")
func hear(text: String) -> void:
	tell("heard", {"from": multiplayer.get_remote_sender_id(), "text": text})


@rpc("any_peer", "call_remote", "unreliable")
func hear_unreliably(text: String) -> void:
	tell("heard", {"from": multiplayer.get_remote_sender_id(), "text": text})


func say(text: String) -> void:
	hear.rpc(text)


func say_to(peer_id: int, text: String) -> void:
	hear.rpc_id(peer_id, text)


func say_unreliably(text: String) -> void:
	hear_unreliably.rpc(text)


## A plain packet, as other clients than Godot's understand it.
func send_bytes(peer_id: int, text: String) -> void:
	(multiplayer as SceneMultiplayer).send_bytes(text.to_utf8_buffer(), peer_id)


func connect_to(server: String, key: String, device: String) -> bool:
	_server = {"url": server, "key": key, "device": device}
	socket = await _new_socket()
	return socket != null


func set_up(settings: Dictionary) -> void:
	for key: String in settings:
		_match.set(key, settings[key])


func create_match(options := {}) -> bool:
	return await _match.create_match(socket, options)


func join_match(id: String, password := "") -> bool:
	return await _match.join_match(socket, id, password)


func resume_match(id: String, peer_id: int) -> bool:
	return await _match.resume_match(socket, id, peer_id)


func join_or_create_match(wanted := {}, options := {}) -> bool:
	return await _match.join_or_create_match(socket, wanted, options)


func start_matchmaking(data := {}) -> bool:
	return await _match.start_matchmaking(socket, data)


func list_matches(wanted := {}) -> Dictionary:
	return await _match.list_matches(socket, wanted)


## Any other method of the addon.
func call_match(method: String, arguments := []) -> Variant:
	return await _match.callv(method, arguments)


func save_checkpoint(text: String) -> void:
	_match.save_checkpoint(text.to_utf8_buffer())


## Returns when all that was said before is with the server, which answers in order.
func wait_for_checkpoint() -> void:
	await get_tree().create_timer(0.0).timeout
	await socket.rpc_async("get_ice_servers", "")


func come_back() -> void:
	_match.reconnect = func() -> Variant:
		socket = await _new_socket()
		return socket


func close_socket() -> void:
	socket.close()


## Takes the link to a player down, as a network that changes does.
func cut_link(peer_id: int) -> void:
	_match.get_webrtc_peer_by_peer_id(peer_id).close()


func look() -> Dictionary:
	var peers := Array(multiplayer.get_peers())
	peers.sort()
	return {
		"state": _match.match_state,
		"match_id": _match.match_id,
		"code": _match.room.code if _match.room != null else "",
		"peer_id": multiplayer.get_unique_id(),
		"is_server": multiplayer.is_server(),
		"is_host": _match.is_host(),
		"peers": peers,
		"connections": peers.filter(_is_connected_to),
		"players": plain(_match.players.values()),
	}


## By WebRTC.
func _is_connected_to(peer_id: int) -> bool:
	return _match.get_webrtc_peer_by_peer_id(peer_id) != null


## The example beside the addon, played by nobody: its ship flies by itself.
func open_example() -> void:
	var example: Control = load("res://example/main.tscn").instantiate()
	example.name = "Example"
	example.set("open_socket", _new_socket)
	get_parent().add_child(example)
	example.get_node("Game").set("is_bot", true)
	get_tree().process_frame.connect(_tell_example)


func press(button: String) -> void:
	(_example().get_node("Lobby/" + button) as Button).pressed.emit()


func enter_code(code: String) -> void:
	(_example().get_node("Lobby/Code") as LineEdit).text = code


func set_refusing(is_refusing: bool) -> void:
	multiplayer.multiplayer_peer.refuse_new_connections = is_refusing


func _look_at_example() -> Dictionary:
	var game := _example().get_node("Game")
	var world: Node = game.get("world")
	var ships: Array = world.get_children() if world != null else []
	return {
		"term": str(world.name) if world != null else "",
		"ships": ships.filter(func(node: Node) -> bool: return node is Node2D).map(_name_of),
		"scores": game.get("scores"),
		"is_begun": game.get("visible"),
		"status": (_example().get_node("Status") as Label).text,
	}


## Tells of the example whenever something of it changed.
func _tell_example() -> void:
	var seen := JSON.stringify(_look_at_example())
	if seen != _seen_example:
		_seen_example = seen
		_write({"event": "example", "value": _look_at_example()})


func _example() -> Control:
	return get_node("/root/Example")


func _name_of(node: Node) -> String:
	return str(node.name)


func _new_socket() -> NakamaDouble:
	var made := NakamaDouble.new()
	add_child(made)
	var token := await made.sign_in(_server.url, _server.key, _server.device)
	if token == "" or not await made.open(_server.url, token):
		made.queue_free()
		return null
	return made


func _on_room_changed(room: OnlineMatchRoom) -> void:
	var told := {"name": room.name, "all_ready": room.all_ready, "players": room.players, "links": room.links}
	tell("room_changed", told)


func _on_bytes(from: int, bytes: PackedByteArray) -> void:
	tell("heard", {"from": from, "text": bytes.get_string_from_utf8()})


func _listen(event: String) -> void:
	_match.connect(
		event, func(a: Variant = null, b: Variant = null) -> void: tell(event, a if b == null else [a, b])
	)


func _carry_out(told: Dictionary) -> void:
	var value: Variant = await callv(told.do, told.get("with", []))
	_write({"id": told.id, "value": plain(value)})


func _write(message: Dictionary) -> void:
	_control.put_data((JSON.stringify(message) + "\n").to_utf8_buffer())


## As JSON has it.
static func plain(value: Variant) -> Variant:
	if value is OnlineMatchPlayer:
		return value.to_dict().merged({"status": value.status, "via": value.via})
	if value is OnlineMatchFailure:
		return {"code": value.code, "message": value.message}
	if value is PackedByteArray:
		return Marshalls.raw_to_base64(value)
	if value is Array:
		return value.map(plain)
	if value is Dictionary:
		return value.values().map(plain) if value.values().any(is_player) else value
	return value


static func is_player(value: Variant) -> bool:
	return value is OnlineMatchPlayer
