extends RefCounted
## The ways into a match. Each gives the id of the match that was joined, or an [OnlineMatchFailure].

const Events := preload("../match_events.gd")
const Fields := preload("../protocol/fields.gd")
const MatchSocket := preload("match_socket.gd")
const Requests := preload("requests.gd")

## What this client can, in words that the server knows: docs/protocol.md.
const CAN := "fallback pass_on"
## So many join when the matchmaker is not told otherwise; it makes no match of one.
const FEWEST := 2

var ticket := ""
var _game: Events
var _socket: MatchSocket
var _requests: Requests


func _init(game: Events, socket: MatchSocket, requests: Requests) -> void:
	_game = game
	_socket = socket
	_requests = requests


## Has the server make a match, and joins it.
func create(options: Dictionary) -> Variant:
	return await _join_answered("create_online_match", _new_match(options))


## Joins a public match that fits, or has one made.
func join_or_create(wanted: Dictionary, options: Dictionary) -> Variant:
	var request := {"client_version": _game.client_version, "announced": true}.merged(wanted, true)
	var made := _new_match({"visibility": "public"}.merged(options, true))
	made.erase("client_version")
	request.create = made
	return await _join_answered("join_or_create_online_match", request)


## Joins, and announces that this client knows the server.
func join(match_id: String, metadata := {}) -> Variant:
	# nakama-godot drops what is no text, without a word.
	var told := {"online_match": "1", "can": CAN, "client_version": _game.client_version}
	told.merge(metadata)
	# Known before the answer: the next message may be of this match.
	_socket.match_id = match_id
	var answer: Variant = await _requests.ask(
		Callable(_socket.socket, "join_match_async").bind(match_id, told)
	)
	if answer is OnlineMatchFailure:
		_socket.match_id = match_id if answer.code in ["timed-out", "left"] else ""
		return answer
	_socket.match_id = answer.match_id
	_socket.session_id = answer.self_user.session_id
	return answer.match_id


## Waits until the matchmaker has put this player together with others: its message, whose match is to be joined.
func matchmake(data: Dictionary) -> Variant:
	var strings: Dictionary = data.get("string_properties", {}).duplicate()
	strings.merge({"online_match": "1", "client_version": _game.client_version}, true)
	var found := _Matched.new()
	_socket.matched.connect(found.take)
	var fewest := maxi(_game.min_players, data.get("min_count", 0))
	var most := mini(_game.max_players, data.get("max_count", _game.max_players))
	var request := Callable(_socket.socket, "add_matchmaker_async").bind(
		data.get("query", "*"),
		maxi(FEWEST, fewest),
		maxi(FEWEST, most),
		strings,
		data.get("numeric_properties", {})
	)
	var answer: Variant = await _requests.ask(request)
	if answer is OnlineMatchFailure:
		return answer
	ticket = answer.ticket
	if found.event == null:
		var failure := await _requests.wait_for(found.taken)
		if failure != null:
			return failure
	ticket = ""
	if not found.event.match_id:
		return OnlineMatchFailure.new("unsupported", OnlineMatchFailure.SENTENCE_OF_CODE.unsupported)
	return found.event


## The answer as a Dictionary, or an [OnlineMatchFailure].
func call_rpc(id: String, request: Dictionary) -> Variant:
	var answer: Variant = await _requests.ask(
		Callable(_socket.socket, "rpc_async").bind(id, JSON.stringify(request))
	)
	return answer if answer is OnlineMatchFailure else Fields.object_in(answer.payload)


func _new_match(options: Dictionary) -> Dictionary:
	var usual := {
		"min_players": _game.min_players,
		"max_players": _game.max_players,
		"client_version": _game.client_version,
	}
	return usual.merged(options, true)


func _join_answered(rpc_id: String, request: Dictionary) -> Variant:
	var answer: Variant = await call_rpc(rpc_id, request)
	if answer is OnlineMatchFailure:
		return answer
	return await join(Fields.text_in(answer, "match_id"))


## It may come before the ticket's own answer.
class _Matched:
	extends RefCounted
	signal taken
	var event: Variant

	func take(came: Variant) -> void:
		event = came
		taken.emit()
