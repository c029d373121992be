extends "game_test.gd"
## What lies between the server's messages and the game's signals.

signal never_answered

const Comeback := preload("res://addons/online_match/match/comeback.gd")
const HostOffice := preload("res://addons/online_match/match/host_office.gd")
const MatchSocket := preload("res://addons/online_match/match/match_socket.gd")
const OpCode := preload("res://addons/online_match/protocol/op_code.gd")
const Requests := preload("res://addons/online_match/match/requests.gd")
const Roster := preload("res://addons/online_match/match/roster.gd")
const ServerPulse := preload("res://addons/online_match/match/server_pulse.gd")

var _told := PackedStringArray()


func test_a_request_without_an_answer_ends_with_the_match() -> void:
	var requests := Requests.new(get_tree())
	var answers: Array = []
	var ask := func() -> void: answers.append(await requests.ask(_never_answered))
	ask.call()
	ask.call()
	same(answers, [])
	requests.end(OnlineMatchFailure.new("left", "The match was left."))
	same(answers.map(func(why: OnlineMatchFailure) -> String: return why.code), ["left", "left"])
	var late: Variant = await requests.ask(_never_answered)
	same(late.code, "left")
	# Or they would wait for ever.
	never_answered.emit()


func test_snapshots_become_players_who_come_move_and_go() -> void:
	var roster := _listened_roster()
	roster.apply(_room([_entry(1, "a"), _entry(2, "b")]), "b")
	same(_take_told(), ["joined 2", "joined 1"])
	roster.apply(_room([_entry(1, "a", {"away": true, "away_sec": 30.0}), _entry(2, "b")]), "b")
	same(_take_told(), ["away 1 true"])
	same(roster.by_peer_id[1].away_sec, 30)
	roster.apply(_room([_entry(1, "c"), _entry(2, "b")]), "b")
	same(_take_told(), ["moved 1", "away 1 false"])
	roster.apply(_room([_entry(1, "d", {"generation": 1.0}), _entry(2, "b")]), "b")
	same(_take_told(), ["renewed 1"])
	roster.apply(_room([_entry(2, "b"), _entry(3, "e")]), "b")
	same(_take_told(), ["left 1", "joined 3"])
	same(roster.of_session("e").peer_id, 3)
	same(roster.by_session_id().keys(), ["b", "e"])


func test_matched_players_have_peer_ids_by_their_session_ids() -> void:
	var roster := Roster.new()
	var presences := []
	for session_id: String in ["b", "c", "a"]:
		presences.append({"session_id": session_id, "user_id": "u", "username": session_id})
	var matched := roster.expect(presences)
	same(matched.keys().map(func(id: String) -> int: return matched[id].peer_id), [1, 2, 3])
	same(matched.keys(), ["a", "b", "c"])
	same(roster.expected.size(), 3)
	roster.apply(_room([_entry(1, "a")]), "a")
	same(roster.expected.keys(), ["b", "c"])


func test_a_host_saves_the_newest_state_once_a_second() -> void:
	var server := _Server.new()
	var socket := MatchSocket.new()
	socket.socket = server
	socket.match_id = "m"
	var office := HostOffice.new(get_node("/root/OnlineMatch"), socket)
	for number in 100:
		office.save(PackedByteArray([number]))
		office.process()
	same(server.sent, [[OpCode.CHECKPOINT, PackedByteArray([0])]])
	await until(func() -> bool: return _second_save(office, server), "the next save")
	same(server.sent[1], [OpCode.CHECKPOINT, PackedByteArray([99])])


func test_the_server_is_answered_from_the_loop() -> void:
	var server := _Server.new()
	var socket := MatchSocket.new()
	socket.socket = server
	socket.match_id = "m"
	var office := HostOffice.new(get_node("/root/OnlineMatch"), socket)
	office.on_data(OpCode.HOST_CHECK, "")
	same(server.sent, [])
	office.process()
	office.process()
	same(server.sent, [[OpCode.HOST_CHECK, PackedByteArray()]])


func test_a_server_that_does_not_answer_is_not_there() -> void:
	var server := _Silent.new()
	var socket := MatchSocket.new()
	var pulse := ServerPulse.new(socket)
	socket.use(server)
	var now := Time.get_ticks_msec()
	now = _pass(pulse, now, ServerPulse.ASK_AFTER_MS - 500)
	same(server.asked, 0)
	now = _pass(pulse, now, ServerPulse.ANSWER_WITHIN_MS)
	same(server.asked, 1)
	# The game stood still itself: an answer may wait to be read.
	now += 60_000
	now = _pass(pulse, now, ServerPulse.ANSWER_WITHIN_MS - 500)
	holds(not pulse.is_there(now + 500), "it is not there")
	# Another socket is a new beginning.
	socket.use(_Silent.new())
	holds(pulse.is_there(now + 600), "it is there")
	server.answered.emit()


func test_a_server_that_says_anything_is_there() -> void:
	var server := _Silent.new()
	var socket := MatchSocket.new()
	var pulse := ServerPulse.new(socket)
	socket.use(server)
	var now := Time.get_ticks_msec()
	now = _pass(pulse, now, ServerPulse.ASK_AFTER_MS + 500)
	server.received_match_state.emit({"match_id": "another"})
	_pass(pulse, now, ServerPulse.ANSWER_WITHIN_MS - 500)
	same(server.asked, 1)
	server.answered.emit()


func test_pauses_before_each_return_grow() -> void:
	var pauses := Comeback.PAUSES_SEC.duplicate()
	pauses.sort()
	same(Comeback.PAUSES_SEC, pauses)
	same(pauses[0], 0.0)


## Returns the time when that much has passed, all of which the server was there.
func _pass(pulse: ServerPulse, now: int, ms: int) -> int:
	for passed in range(0, ms, 500):
		holds(pulse.is_there(now + passed), "it is there")
	return now + ms


func _second_save(office: HostOffice, server: _Server) -> bool:
	office.process()
	return server.sent.size() == 2


func _never_answered() -> Variant:
	await never_answered
	return null


func _listened_roster() -> Roster:
	var roster := Roster.new()
	for title: String in ["joined", "left", "moved", "renewed"]:
		roster.connect(title, _tell.bind(title))
	roster.away_changed.connect(
		func(player: OnlineMatchPlayer) -> void: _told.append("away %d %s" % [player.peer_id, player.away])
	)
	return roster


func _tell(player: OnlineMatchPlayer, title: String) -> void:
	_told.append("%s %d" % [title, player.peer_id])


func _take_told() -> Array:
	var all := Array(_told)
	_told = PackedStringArray()
	return all


func _room(players: Array) -> OnlineMatchRoom:
	return OnlineMatchRoom.decode(JSON.stringify({"players": players}))


func _entry(peer_id: int, session_id: String, more := {}) -> Dictionary:
	var entry := {"peer_id": peer_id, "session_id": session_id, "username": session_id}
	return entry.merged(more)


## Hears what is sent.
class _Server:
	extends RefCounted
	var sent: Array = []

	func send_match_state_async(_id: String, op_code: int, text: String) -> void:
		sent.append([op_code, text.to_utf8_buffer()])

	func send_match_state_raw_async(_id: String, op_code: int, bytes: PackedByteArray) -> void:
		sent.append([op_code, bytes])


## A socket whose server does not answer.
class _Silent:
	extends RefCounted
	signal closed
	signal received_match_state(data: Variant)
	signal received_match_presence(event: Variant)
	signal received_matchmaker_matched(event: Variant)
	signal answered
	var asked := 0

	func rpc_async(_id: String, _payload: String) -> void:
		asked += 1
		await answered
