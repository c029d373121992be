extends RefCounted
## The links to other players, by peer id.

signal status_changed(peer_id: int)
signal silence_changed(peer_id: int)
signal measured(peer_id: int)
## Match data to be sent, for the player on this session.
signal signal_made(session_id: String, text: String)
signal connection_added(peer_id: int, raw: WebRTCPeerConnection)
signal connection_removed(peer_id: int, raw: WebRTCPeerConnection)
signal packet_received(peer_id: int, bytes: PackedByteArray, mode: int, is_passed_on: bool)

const Link := preload("link.gd")
const PeerSignal := preload("../protocol/peer_signal.gd")

## So many signals wait for a player of whom no snapshot told yet.
const MAX_EARLY := 128

## Whether this player has lost their socket: then no signal would be sent.
var is_offline := false
## Link of each peer id.
var links := {}
var own_peer_id := 0
## This player's, the present one last: who does not know of it yet sends to the one before.
var _own_sessions: Array[String] = []
## Session id of each peer id, and peer id of each session id that the player has or had.
var _session_of := {}
var _peer_of := {}
## Peer ids of players whose client announced itself.
var _announced := {}
## Peer ids of players who have lost their socket.
var _away := {}
var _early := {}
var _settings: Callable
var _send_by_server: Callable


## [param settings] is of negotiation.gd, with the peer id bound. [param send_by_server] takes a session id and a
## frame's bytes, and returns whether it went out.
func _init(settings: Callable, send_by_server: Callable) -> void:
	_settings = settings
	_send_by_server = send_by_server


func start(own_session: String) -> void:
	_own_sessions.erase(own_session)
	_own_sessions.append(own_session)
	for peer_id: int in links:
		_choose_offerer(peer_id)


## A new link, in the place of an earlier one. [param how] is [code]{is_announced, can, epoch}[/code]: see link.gd.
func add(peer_id: int, session_id: String, how: Dictionary) -> void:
	remove(peer_id)
	if how.is_announced:
		_announced[peer_id] = true
	var link := Link.new(_settings.bind(peer_id), how.can, how.epoch, _send_frame.bind(peer_id))
	links[peer_id] = link
	link.status_changed.connect(status_changed.emit.bind(peer_id))
	link.silence_changed.connect(silence_changed.emit.bind(peer_id))
	link.measured.connect(measured.emit.bind(peer_id))
	link.signal_made.connect(_on_signal_made.bind(peer_id))
	link.connection_added.connect(_on_connection_added.bind(peer_id))
	link.connection_removed.connect(_on_connection_removed.bind(peer_id))
	link.packet_received.connect(_on_packet.bind(peer_id))
	move(peer_id, session_id)
	_update_waiting()
	link.begin()
	_take_early(peer_id, session_id)


## The player is on another socket now.
func move(peer_id: int, session_id: String) -> void:
	_session_of[peer_id] = session_id
	_peer_of[session_id] = peer_id
	_choose_offerer(peer_id)


func set_away(peer_id: int, is_away: bool) -> void:
	if is_away:
		_away[peer_id] = true
	else:
		_away.erase(peer_id)
	_update_waiting()


func set_offline(offline: bool) -> void:
	is_offline = offline
	_update_waiting()
	if not offline:
		for peer_id: int in links:
			_tell_reachable(peer_id)


## The player is back on a socket: a link that is not up is made anew at once.
func renew_if_down(peer_id: int) -> void:
	if links.has(peer_id):
		_tell_reachable(peer_id)
		_take_early(peer_id, session_of(peer_id))


func remove(peer_id: int) -> void:
	var link: Link = links.get(peer_id)
	if link == null:
		return
	link.close()
	links.erase(peer_id)
	_away.erase(peer_id)
	_announced.erase(peer_id)
	for session_id: String in _peer_of.keys():
		if _peer_of[session_id] == peer_id:
			_peer_of.erase(session_id)
	_session_of.erase(peer_id)


func on_signal(session_id: String, text: String) -> void:
	var made := PeerSignal.decode(text, _own_sessions)
	if made == null:
		return
	var link: Link = links.get(_peer_of.get(session_id, 0))
	if link != null:
		link.on_signal(made)
		return
	var early: Array = _early.get(session_id, [])
	_early[session_id] = early
	if early.size() < MAX_EARLY:
		early.append(made)


## A frame that came through the server. What comes too early is sent again.
func on_frame(session_id: String, bytes: PackedByteArray) -> void:
	var link: Link = links.get(_peer_of.get(session_id, 0))
	if link != null:
		link.on_frame(bytes)


## The server takes nothing for so long.
func slow_down(ms: int) -> void:
	for link: Link in links.values():
		link.slow_down(ms)


func session_of(peer_id: int) -> String:
	return _session_of.get(peer_id, "")


func poll() -> void:
	var now := Time.get_ticks_msec()
	for peer_id: int in links.keys():
		# What a packet leads to may take a link down.
		if links.has(peer_id):
			links[peer_id].process(now)


func close() -> void:
	for peer_id: int in links.keys():
		remove(peer_id)
	_early.clear()


## What came from a session before a snapshot told whose it is.
func _take_early(peer_id: int, session_id: String) -> void:
	var early: Array = _early.get(session_id, [])
	_early.erase(session_id)
	for made: PeerSignal in early:
		if links.has(peer_id):
			links[peer_id].on_signal(made)


func _update_waiting() -> void:
	for peer_id: int in links:
		links[peer_id].set_waiting(is_offline or _away.has(peer_id))


func _tell_reachable(peer_id: int) -> void:
	if not is_offline and not _away.has(peer_id):
		links[peer_id].on_reachable()


func _choose_offerer(peer_id: int) -> void:
	var link: Link = links.get(peer_id)
	if link == null:
		return
	if _announced.has(peer_id):
		link.is_offerer = own_peer_id < peer_id
	else:
		link.is_offerer = _own_sessions[-1] < session_of(peer_id)


func _send_frame(bytes: PackedByteArray, peer_id: int) -> bool:
	if is_offline or _away.has(peer_id):
		return false
	return _send_by_server.call(session_of(peer_id), bytes)


func _on_signal_made(made: PeerSignal, peer_id: int) -> void:
	var session_id := session_of(peer_id)
	signal_made.emit(session_id, made.encode(session_id))


func _on_connection_added(raw: WebRTCPeerConnection, peer_id: int) -> void:
	connection_added.emit(peer_id, raw)


func _on_connection_removed(raw: WebRTCPeerConnection, peer_id: int) -> void:
	connection_removed.emit(peer_id, raw)


func _on_packet(bytes: PackedByteArray, mode: int, is_passed_on: bool, peer_id: int) -> void:
	packet_received.emit(peer_id, bytes, mode, is_passed_on)
