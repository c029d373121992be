extends Node
## The part of nakama-godot that the addon uses, with the same names and shapes, over real HTTP and a real WebSocket.
## What is peculiar here is so there: metadata that is no text is dropped, a message that the server says itself has a
## null presence, presences to send to are objects with a _SCHEMA, requests have no limit of time, and a closed socket
## cancels them.

signal closed
signal received_error(error: Variant)
signal received_match_state(state: MatchState)
signal received_match_presence(event: PresenceEvent)
signal received_matchmaker_matched(matched: Matched)

var _socket := WebSocketPeer.new()
var _asked := {}
var _last_cid := 0
var _is_open := false


## The token of a user's new session; empty where the server refuses.
func sign_in(server: String, key: String, device: String) -> String:
	var http := HTTPRequest.new()
	add_child(http)
	var headers := ["Authorization: Basic " + Marshalls.utf8_to_base64(key + ":")]
	var url := server + "/v2/account/authenticate/device?create=true"
	http.request(url, headers, HTTPClient.METHOD_POST, JSON.stringify({"id": device}))
	var answer: Array = await http.request_completed
	http.queue_free()
	var body: PackedByteArray = answer[3]
	var session: Variant = JSON.parse_string(body.get_string_from_utf8())
	return session.get("token", "") if session is Dictionary else ""


## Whether it opened.
func open(server: String, token: String) -> bool:
	_socket.outbound_buffer_size = 1 << 20
	_socket.inbound_buffer_size = 1 << 20
	_socket.connect_to_url("%s/ws?token=%s" % [server.replace("http", "ws"), token])
	while _socket.get_ready_state() == WebSocketPeer.STATE_CONNECTING:
		await get_tree().process_frame
	_is_open = _socket.get_ready_state() == WebSocketPeer.STATE_OPEN
	return _is_open


func close() -> void:
	_socket.close()


func rpc_async(id: String, payload: Variant = null) -> Answer:
	var text: Variant = payload if payload is String or payload == null else JSON.stringify(payload)
	return await _ask({"rpc": {"id": id, "payload": text}})


func join_match_async(id: String, metadata: Variant = null) -> Answer:
	var join := {"match_id": id}
	if metadata is Dictionary:
		join.metadata = {}
		for key: String in metadata:
			if metadata[key] is String:
				join.metadata[key] = metadata[key]
	return await _ask({"match_join": join})


func leave_match_async(id: String) -> Answer:
	return await _ask({"match_leave": {"match_id": id}})


func add_matchmaker_async(
	query := "*", min_count := 2, max_count := 8, strings := {}, numbers := {}
) -> Answer:
	var ticket := {"query": query, "min_count": min_count, "max_count": max_count}
	ticket.merge({"string_properties": strings, "numeric_properties": numbers})
	return await _ask({"matchmaker_add": ticket})


func remove_matchmaker_async(ticket: String) -> Answer:
	return await _ask({"matchmaker_remove": {"ticket": ticket}})


func send_match_state_async(id: String, op_code: int, data: String, presences: Variant = null) -> void:
	send_match_state_raw_async(id, op_code, data.to_utf8_buffer(), presences)


func send_match_state_raw_async(
	id: String, op_code: int, data: PackedByteArray, presences: Variant = null
) -> void:
	var sent := {"match_id": id, "op_code": str(op_code), "data": Marshalls.raw_to_base64(data)}
	if presences != null:
		sent.presences = presences.filter(_is_object).map(_serialized)
	_send({"match_data_send": sent})


func _process(_delta: float) -> void:
	_socket.poll()
	while _socket.get_available_packet_count() > 0:
		var text := _socket.get_packet().get_string_from_utf8()
		_take(JSON.parse_string(text))
	if _is_open and _socket.get_ready_state() == WebSocketPeer.STATE_CLOSED:
		_is_open = false
		for answer: Answer in _asked.values():
			answer.fail(0, "Request cancelled.")
		_asked.clear()
		closed.emit()


func _ask(request: Dictionary) -> Answer:
	_last_cid += 1
	var answer := Answer.new()
	_asked[str(_last_cid)] = answer
	request.cid = str(_last_cid)
	_send(request)
	await answer.completed
	return answer


func _send(message: Dictionary) -> void:
	_socket.send_text(JSON.stringify(message))


## Of any object those fields that its _SCHEMA names.
static func _serialized(object: Object) -> Dictionary:
	var fields := {}
	var schema: Variant = object.get("_SCHEMA")
	for key: String in schema if schema != null else {}:
		fields[key] = object.get(schema[key].name)
	return fields


static func _is_object(value: Variant) -> bool:
	return value is Object


func _take(message: Dictionary) -> void:
	var answer: Answer = _asked.get(message.get("cid", ""))
	if answer != null:
		_asked.erase(message.cid)
		answer.take(message)
	elif message.has("match_data"):
		received_match_state.emit(MatchState.new(message.match_data))
	elif message.has("match_presence_event"):
		received_match_presence.emit(PresenceEvent.new(message.match_presence_event))
	elif message.has("matchmaker_matched"):
		received_matchmaker_matched.emit(Matched.new(message.matchmaker_matched))
	elif message.has("error"):
		received_error.emit(message.error)


class Failure:
	extends RefCounted
	var status_code: int
	var message: String
	var cancelled := false


class Answer:
	extends RefCounted
	signal completed
	var match_id := ""
	var presences: Array[Presence] = []
	var size := 0
	var label := ""
	var self_user: Presence
	var payload := ""
	var ticket := ""
	var _failure: Failure

	func is_exception() -> bool:
		return _failure != null

	func get_exception() -> Failure:
		return _failure

	func take(message: Dictionary) -> void:
		if message.has("error"):
			fail(int(message.error.get("code", 0)), message.error.message)
			return
		if message.has("match"):
			match_id = message.match.match_id
			self_user = Presence.new(message.match.self)
			presences = Presence.all(message.match.get("presences", []))
		payload = message.get("rpc", {}).get("payload", "")
		ticket = message.get("matchmaker_ticket", {}).get("ticket", "")
		completed.emit()

	func fail(code: int, why: String) -> void:
		_failure = Failure.new()
		_failure.status_code = code
		_failure.message = why
		completed.emit()


class Presence:
	extends RefCounted
	var session_id: String
	var user_id: String
	var username: String

	func _init(fields: Dictionary) -> void:
		session_id = fields.get("session_id", "")
		user_id = fields.get("user_id", "")
		username = fields.get("username", "")

	static func all(list: Array) -> Array[Presence]:
		var made: Array[Presence] = []
		for fields: Dictionary in list:
			made.append(Presence.new(fields))
		return made


class MatchState:
	extends RefCounted
	var match_id: String
	var op_code: int
	var presence: Presence
	var binary_data: PackedByteArray
	var data: String:
		get:
			return binary_data.get_string_from_utf8()

	func _init(fields: Dictionary) -> void:
		match_id = fields.match_id
		op_code = int(fields.get("op_code", 0))
		binary_data = Marshalls.base64_to_raw(fields.get("data", ""))
		if fields.has("presence"):
			presence = Presence.new(fields.presence)


class PresenceEvent:
	extends RefCounted
	var match_id: String
	var joins: Array[Presence]
	var leaves: Array[Presence]

	func _init(fields: Dictionary) -> void:
		match_id = fields.match_id
		joins = Presence.all(fields.get("joins", []))
		leaves = Presence.all(fields.get("leaves", []))


class Matched:
	extends RefCounted
	var match_id: String
	var token: String
	var ticket: String
	var users: Array[User] = []
	var self_user: User

	func _init(fields: Dictionary) -> void:
		match_id = fields.get("match_id", "")
		token = fields.get("token", "")
		ticket = fields.get("ticket", "")
		self_user = User.new(fields.self)
		for user: Dictionary in fields.users:
			users.append(User.new(user))


class User:
	extends RefCounted
	var presence: Presence

	func _init(fields: Dictionary) -> void:
		presence = Presence.new(fields.presence)
