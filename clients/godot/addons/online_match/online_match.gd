extends "match_state.gd"
## Peer-to-peer matches: the server decides who is in, and the players are connected to each other by WebRTC.
##
## An autoload. Give it an open socket of nakama-godot, and use Godot's multiplayer when [signal match_ready] comes:
## [codeblock]
## OnlineMatch.match_ready.connect(func(_players): hello.rpc())
## OnlineMatch.error.connect(func(message): print(message))
## await OnlineMatch.create_match(socket)     # tell friends OnlineMatch.match_id, or
## await OnlineMatch.join_match(socket, id)   # come to them, or
## await OnlineMatch.start_matchmaking(socket)
## [/codeblock]
## One match at a time. All calls can be waited for; one that fails says why by [signal error].

const Directory := preload("match/directory.gd")
const OpCode := preload("protocol/op_code.gd")
const Reports := preload("protocol/reports.gd")

## The match before, which the server may not know yet was left.
var _last: Participation


func _init() -> void:
	process_mode = Node.PROCESS_MODE_ALWAYS


func _process(_delta: float) -> void:
	if _part != null:
		_part.process()


func _notification(what: int) -> void:
	if what == NOTIFICATION_APPLICATION_PAUSED:
		set_background(true)
	elif what == NOTIFICATION_APPLICATION_RESUMED:
		set_background(false)


## Makes a match and joins it as its host. [param options] are those of the server's [code]create_online_match[/code],
## over [member min_players] and the like; [code]{topology = "star"}[/code] links the players to the host alone, who
## passes on what they say to each other. Returns whether that went well.
func create_match(socket: Variant, options := {}) -> bool:
	var part := await _begin(socket, MatchMode.CREATE)
	return await part.create(options)


## Joins a match by its id, or by its code of six letters (see [member OnlineMatchRoom.code]).
func join_match(socket: Variant, id: String, password := "") -> bool:
	var part := await _begin(socket, MatchMode.JOIN)
	return await part.join(id, {} if password == "" else {"password": password})


## Back to the seat in a match that was lost with the game itself: after a crash, or when it was closed. Store
## [member match_id] and the own peer id while in a match. The server keeps the seat for some seconds only.
func resume_match(socket: Variant, id: String, peer_id: int) -> bool:
	var part := await _begin(socket, MatchMode.JOIN)
	return await part.join(id, {"resume": str(peer_id), "fresh": "1"})


## Joins a public match that is as [param wanted] says (see [method list_matches]), or makes one with
## [param options] (see [method create_match]) where there is none.
func join_or_create_match(socket: Variant, wanted := {}, options := {}) -> bool:
	var part := await _begin(socket, MatchMode.JOIN)
	return await part.join_or_create(wanted, options)


## Public matches that can be joined, the fullest first: [code]{matches, cursor}[/code]. Each match has the fields of
## the server's [code]get_online_match[/code], [code]match_id[/code] among them. [param wanted] may have
## [code]name[/code], [code]properties[/code] ([code]{"mode": "duel", "level": {"min": 3}}[/code]),
## [code]open_seats[/code], [code]has_password[/code], [code]limit[/code] and the [code]cursor[/code] of the page
## before.
func list_matches(socket: Variant, wanted := {}) -> Dictionary:
	var asked := {"client_version": client_version, "announced": true}.merged(wanted, true)
	var answer: Variant = await Directory.ask(get_tree(), socket, "list_online_matches", asked)
	if answer is OnlineMatchFailure:
		_fail(answer)
		return {"matches": [], "cursor": ""}
	return Directory.page_in(answer)


## Waits for other players, and joins the match that they are put into. [param data] may have [code]query[/code],
## [code]min_count[/code], [code]max_count[/code], [code]string_properties[/code] and
## [code]numeric_properties[/code].
func start_matchmaking(socket: Variant, data := {}) -> bool:
	var part := await _begin(socket, MatchMode.MATCHMAKER)
	return await part.matchmake(data)


## Begins the game: from now on nobody is told that the match is ready or not. The host's call keeps newcomers out,
## and fails when players are not connected to each other, unless [param force] is true, and with
## [param require_ready] when not all are ready.
func start_playing(force := false, require_ready := false) -> bool:
	var found := _membership()
	if found == null or not (found.is_ready or force):
		return _fail(OnlineMatchFailure.new("not-ready", "The match is not ready."))
	if is_host():
		var how := {"sealed": true, "force": force, "require_ready": require_ready}
		if not await _command("seal_online_match", how):
			return false
	found.is_playing = true
	return true


## Lets newcomers in again; of the host.
func stop_playing() -> bool:
	var found := _membership()
	if found == null:
		return false
	if is_host() and not await _command("seal_online_match", {"sealed": false}):
		return false
	found.is_playing = false
	found.is_ready = false
	found.update_readiness()
	return true


## Makes another player host; of the host.
func transfer_host(peer_id: int) -> bool:
	return await _command("transfer_online_match", {"peer_id": peer_id})


## Has the match say something else of itself, or take more or fewer players; of the host. [param changes] may have
## [code]name[/code], [code]visibility[/code], [code]properties[/code], [code]password[/code] (null for none),
## [code]min_players[/code] and [code]max_players[/code].
func update_match(changes: Dictionary) -> bool:
	return await _command("update_online_match", changes.duplicate())


## Sends a player away, who is told the reason; of the host. With [param ban] they cannot come in again.
func kick(peer_id: int, reason := "", ban := false) -> bool:
	var request := {"peer_id": peer_id, "ban": ban}
	if reason != "":
		request.reason = reason
	return await _command("kick_from_online_match", request)


## Tells other users of the match by a notification of Nakama, with code 9020.
func invite(user_ids: Array) -> bool:
	return await _command("invite_to_online_match", {"user_ids": user_ids}, false)


## Says that this player is ready to play, or not: see [member OnlineMatchRoom.all_ready].
func set_ready(is_ready: bool) -> void:
	_tell({"ready": is_ready})


## What this player says of themselves from now on: at most 8 texts (64 characters), numbers and booleans, by names of
## [code]a-z[/code], [code]0-9[/code] and [code]_[/code] (32). The server does not answer; what it does not take, no
## [signal room_changed] shows.
func set_player_properties(properties: Dictionary) -> void:
	_tell({"properties": properties})


## Leaves the state of the game with the server, for the next host: see [signal checkpoint_restored]. Only the host's
## counts, and only the newest, at most once a second and (as the server is set) 16,384 bytes.
func save_checkpoint(data: PackedByteArray) -> void:
	if is_host():
		_membership().office.save(data)


## Says that nobody looks at the game, so that it may stand still. A host hands over after 20 seconds.
func set_background(is_background: bool) -> void:
	_tell({"background": is_background})


## Leaves the match, or stops looking for one. Returns when the server knows.
func leave(close_socket := false) -> void:
	var socket: Variant = nakama_socket
	if _part != null:
		await _part.end(null)
	elif _last != null and not _last.is_gone:
		await _last.gone
	if close_socket and socket != null:
		socket.close()


func _begin(socket: Variant, mode: int) -> Participation:
	# The last match first: it could be the same one again.
	await leave()
	_part = Participation.new(self, socket, mode)
	_part.over.connect(_on_over.bind(_part))
	return _part


func _on_over(why: OnlineMatchFailure, part: Participation) -> void:
	if _part == part:
		_part = null
		_last = part
	if why == null:
		return
	_fail(why)
	if why.code == "disconnected":
		disconnected.emit()


func _fail(why: OnlineMatchFailure) -> bool:
	failed.emit(why)
	error.emit(why.message)
	return false


func _tell(status: Dictionary) -> void:
	if _part != null and _part.membership != null:
		_part.socket.send(OpCode.STATUS, Reports.status(status))


func _command(rpc_id: String, request: Dictionary, has_term := true) -> bool:
	if _membership() == null:
		return _fail(OnlineMatchFailure.new("not-in-a-match", "There is no match."))
	request.match_id = match_id
	if has_term:
		request.term = _part.membership.office.term
	var answer: Variant = await _part.find.call_rpc(rpc_id, request)
	return _fail(answer) if answer is OnlineMatchFailure else true
