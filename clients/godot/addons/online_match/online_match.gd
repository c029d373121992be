extends "match_events.gd"
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

const Participation := preload("match/participation.gd")
const Membership := preload("match/membership.gd")
const Link := preload("links/link.gd")
const OpCode := preload("protocol/op_code.gd")
const Reports := preload("protocol/reports.gd")

## Of the match, for others to join; empty outside a match.
var match_id: String:
	get:
		return _part.socket.match_id if _part != null else ""
var matchmaker_ticket: String:
	get:
		return _part.find.ticket if _part != null else ""
var my_session_id: String:
	get:
		return get_my_session_id()
## One of [enum MatchState].
var match_state: int:
	get:
		return _part.state() if _part != null else MatchState.LOBBY
## One of [enum MatchMode].
var match_mode: int:
	get:
		return _part.mode if _part != null else MatchMode.NONE
## Everybody who is in, by session id; this player too.
var players: Dictionary:
	get:
		var found := _membership()
		return found.roster.by_session_id() if found != null else {}
## The match as the server sees it; null before it told.
var room: OnlineMatchRoom:
	get:
		var found := _membership()
		return found.room if found != null else null
var nakama_socket: Variant:
	get:
		return _part.socket.socket if _part != null else null

var _part: Participation
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
## over [member min_players] and the like. Returns whether that went well.
func create_match(socket: Variant, options := {}) -> bool:
	var part := await _begin(socket, MatchMode.CREATE)
	return await part.create(options)


## Joins a match by its id.
func join_match(socket: Variant, id: String) -> bool:
	var part := await _begin(socket, MatchMode.JOIN)
	return await part.join(id)


## Waits for other players, and joins the match that they are put into. [param data] may have [code]query[/code],
## [code]min_count[/code], [code]max_count[/code], [code]string_properties[/code] and
## [code]numeric_properties[/code].
func start_matchmaking(socket: Variant, data := {}) -> bool:
	var part := await _begin(socket, MatchMode.MATCHMAKER)
	return await part.matchmake(data)


## Begins the game: from now on nobody is told that the match is ready or not. The host's call keeps newcomers out,
## and fails when players are not connected to each other, unless [param force] is true.
func start_playing(force := false) -> bool:
	var found := _membership()
	if found == null or not (found.is_ready or force):
		return _fail(OnlineMatchFailure.new("not-ready", "The match is not ready."))
	if is_host():
		var sealed := await _command("seal_online_match", {"sealed": true, "force": force})
		if not sealed:
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


## Whether this player is host. At first that is peer 1; when a host is gone, another one.
func is_host() -> bool:
	var found := _membership()
	return found != null and found.office.is_own


## The host's; null while nobody is.
func get_host() -> OnlineMatchPlayer:
	var found := _membership()
	return found.roster.by_peer_id.get(found.office.peer_id) if found != null else null


## Leaves the state of the game with the server, for the next host: see [signal checkpoint_restored]. Only the host's
## counts, and only the newest, at most once a second and (as the server is set) 16,384 bytes.
func save_checkpoint(data: PackedByteArray) -> void:
	if is_host():
		_membership().office.save(data)


## Says that nobody looks at the game, so that it may stand still. A host hands over after 20 seconds.
func set_background(is_background: bool) -> void:
	if _part != null and _part.membership != null:
		_part.socket.send(OpCode.STATUS, Reports.status({"background": is_background}))


## Leaves the match, or stops looking for one. Returns when the server knows.
func leave(close_socket := false) -> void:
	var socket: Variant = nakama_socket
	if _part != null:
		await _part.end(null)
	elif _last != null and not _last.is_gone:
		await _last.gone
	if close_socket and socket != null:
		socket.close()


func get_my_session_id() -> String:
	return _part.socket.session_id if _part != null else ""


func get_match_state() -> int:
	return match_state


func get_session_id(peer_id: int) -> Variant:
	var player := get_player_by_peer_id(peer_id)
	return player.session_id if player != null else null


func get_player_by_peer_id(peer_id: int) -> OnlineMatchPlayer:
	return get_players_by_peer_id().get(peer_id)


func get_players_by_peer_id() -> Dictionary:
	var found := _membership()
	return found.roster.by_peer_id.duplicate() if found != null else {}


func get_player_names_by_peer_id() -> Dictionary:
	var names := {}
	for player: OnlineMatchPlayer in get_players_by_peer_id().values():
		names[player.peer_id] = player.username
	return names


## The present connection to a player, for statistics; a link that is made anew has another one.
func get_webrtc_peer_by_peer_id(peer_id: int) -> WebRTCPeerConnection:
	var found := _membership()
	var link: Link = found.mesh.links.get(peer_id) if found != null else null
	return link.connection.raw if link != null and link.connection != null else null


func _membership() -> Membership:
	return _part.membership if _part != null else null


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


func _command(rpc_id: String, request: Dictionary) -> bool:
	if _membership() == null:
		return _fail(OnlineMatchFailure.new("not-in-a-match", "There is no match."))
	request.match_id = match_id
	request.term = _part.membership.office.term
	var answer: Variant = await _part.find.call_rpc(rpc_id, request)
	return _fail(answer) if answer is OnlineMatchFailure else true
