extends Node
## Signs the player in and opens a socket, with nakama-godot: its autoload [code]Nakama[/code]. It is asked for by
## name, so that the example also opens in a project that does not have it yet.

## Where [code]npm start[/code] has its server.
const HOST := "127.0.0.1"
const PORT := 7350
const SERVER_KEY := "defaultkey"

var _client: Variant
var _session: Variant


## An open socket of this player; null where there is no server, or no nakama-godot.
func open_socket() -> Variant:
	var nakama := get_node_or_null("/root/Nakama")
	if nakama == null:
		push_warning("The addon nakama-godot is missing: see README.md.")
		return null
	if _client == null:
		_client = nakama.call("create_client", SERVER_KEY, HOST, PORT, "http")
	if _session == null or _session.is_expired():
		_session = await _client.authenticate_device_async(_device_id())
		if _session.is_exception():
			_session = null
			return null
	var socket: Variant = nakama.call("create_socket_from", _client)
	var opened: Variant = await socket.connect_async(_session)
	return null if opened.is_exception() else socket


## Two windows on one computer are two players.
func _device_id() -> String:
	return "%s-%d" % [OS.get_unique_id(), OS.get_process_id()]
