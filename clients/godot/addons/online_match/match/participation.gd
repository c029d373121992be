extends RefCounted
## A player's part in one match, from the call that looks for it until they are back in the lobby.

## The match is over for this player; null where they left by themselves.
signal over(why: OnlineMatchFailure)
## The server knows, or cannot be told.
signal gone

const Comeback := preload("comeback.gd")
const Events := preload("../match_events.gd")
const FindMatch := preload("find_match.gd")
const IceSource := preload("ice_source.gd")
const MatchSocket := preload("match_socket.gd")
const Membership := preload("membership.gd")
const Requests := preload("requests.gd")
const ServerPulse := preload("server_pulse.gd")

## A server with this module tells of the room sooner.
const FIRST_SNAPSHOT_MS := 15_000
const MatchState := Events.MatchState

var mode: int
var socket := MatchSocket.new()
## Null before the join.
var membership: Membership
var find: FindMatch
var requests: Requests
var is_over := false
var is_gone := false
var _game: Events
var _ice: IceSource
var _comeback: Comeback
var _pulse: ServerPulse
var _is_matching := false
var _is_coming_back := false
var _joined_at := 0


func _init(game: Events, nakama_socket: Variant, with_mode: int) -> void:
	_game = game
	mode = with_mode
	requests = Requests.new(game.get_tree())
	find = FindMatch.new(game, socket, requests)
	_ice = IceSource.new(game.ice_servers, requests)
	_comeback = Comeback.new(game, socket, find)
	_pulse = ServerPulse.new(socket)
	socket.use(nakama_socket)
	socket.closed.connect(_on_closed)
	socket.data_came.connect(_on_data)
	socket.presence_came.connect(_on_presence)


func state() -> int:
	if membership == null:
		return MatchState.MATCHING if _is_matching else MatchState.CONNECTING
	if membership.is_playing:
		return MatchState.PLAYING
	if membership.is_ready:
		return MatchState.READY
	var room := membership.room
	if room != null and room.players.size() < room.min_players:
		return MatchState.WAITING_FOR_ENOUGH_PLAYERS
	return MatchState.CONNECTING


func create(options: Dictionary) -> bool:
	return _enter(await find.create(options), _game.match_created)


func join(match_id: String, metadata: Dictionary) -> bool:
	return _enter(await find.join(match_id, metadata), _game.match_joined)


func join_or_create(wanted: Dictionary, options: Dictionary) -> bool:
	return _enter(await find.join_or_create(wanted, options), _game.match_joined)


func matchmake(data: Dictionary) -> bool:
	_is_matching = true
	var found: Variant = await find.matchmake(data)
	_is_matching = false
	if found is OnlineMatchFailure:
		return _enter(found, null)
	var presences := []
	for user: Variant in found.users:
		presences.append(user.presence)
	var own_session: String = found.self_user.presence.session_id
	membership = _new_membership()
	var matched := membership.roster.expect(presences)
	membership.begin(matched[own_session].peer_id)
	_game.matchmaker_matched.emit(matched)
	if is_over:
		return false
	return _enter(await find.join(found.match_id), null)


func process() -> void:
	if membership == null or is_over:
		return
	membership.process()
	if is_over:
		return
	if membership.own_peer_id != 0 and not _is_coming_back and not _pulse.is_there(Time.get_ticks_msec()):
		socket.lose()
	elif membership.room == null and _joined_at > 0:
		if Time.get_ticks_msec() - _joined_at > FIRST_SNAPSHOT_MS:
			end(OnlineMatchFailure.new("unsupported", OnlineMatchFailure.SENTENCE_OF_CODE.unsupported))


## The game hears nothing of this match from now on. Returns when the server knows.
func end(why: OnlineMatchFailure) -> void:
	if is_over:
		return
	is_over = true
	var last: Variant = socket.socket
	var match_id := socket.match_id
	_comeback.stop()
	socket.stop()
	requests.end(why if why != null else OnlineMatchFailure.new("left", "The match was left."))
	var farewell := Requests.new(_game.get_tree())
	if membership != null:
		membership.close()
	over.emit(why)
	if last != null and (why == null or why.code != "disconnected"):
		if match_id != "":
			await farewell.ask(Callable(last, "leave_match_async").bind(match_id))
		elif find.ticket != "":
			await farewell.ask(Callable(last, "remove_matchmaker_async").bind(find.ticket))
	is_gone = true
	gone.emit()


func _enter(found: Variant, tell: Variant) -> bool:
	if is_over:
		return false
	if found is OnlineMatchFailure:
		end(found)
		return false
	if membership == null:
		membership = _new_membership()
	_joined_at = Time.get_ticks_msec()
	membership.start()
	if tell is Signal:
		tell.emit(socket.match_id)
	return not is_over


func _new_membership() -> Membership:
	var made := Membership.new(_game, socket, _ice)
	made.refused.connect(end)
	return made


func _on_data(op_code: int, data: Variant) -> void:
	if membership != null:
		membership.on_data(op_code, data)


func _on_presence(event: Variant) -> void:
	if membership != null:
		membership.on_presence(event)


func _on_closed() -> void:
	# Of a socket on the way back the next try follows from the join that failed.
	if _is_coming_back:
		return
	if membership == null or membership.own_peer_id == 0 or not _comeback.is_possible():
		end(OnlineMatchFailure.new("disconnected", OnlineMatchFailure.SENTENCE_OF_CODE.disconnected))
		return
	_is_coming_back = true
	membership.mesh.set_offline(true)
	_game.reconnecting.emit()
	var failure := await _comeback.run(membership.own_peer_id)
	_is_coming_back = false
	if is_over:
		return
	if failure != null:
		end(failure)
		return
	membership.start()
	_game.reconnected.emit()
