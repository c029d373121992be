extends RefCounted
## The links of one match: to whom there are any, and what the server hears of them.

## The link to a player, or in a star the host's link to them, is another.
signal changed(player: OnlineMatchPlayer)

const Events := preload("../match_events.gd")
const IceSource := preload("ice_source.gd")
const Link := preload("../links/link.gd")
const LinkMesh := preload("../links/link_mesh.gd")
const MatchSocket := preload("match_socket.gd")
const OpCode := preload("../protocol/op_code.gd")
const Reports := preload("../protocol/reports.gd")
const Roster := preload("roster.gd")
const Status := OnlineMatchPlayer.Status

const NAME_OF_STATUS: Array[String] = ["connecting", "connected", "failed"]
## The server is told of a time there and back that is another, now and then: each word to it costs it something.
const TELL_EVERY_MS := 10_000
const LEAST_NEWS_MS := 10

var mesh: LinkMesh
var _game: Events
var _socket: MatchSocket
var _ice: IceSource
var _roster: Roster
var _peer: OnlineMatchPeer
## The latest snapshot; null until the first.
var _room: OnlineMatchRoom
var _own_peer_id := 0
## Of each peer id the time there and back that the server knows, and since when.
var _told := {}
## Whether the server does not know yet how far the links are.
var _is_unreported := true


func _init(game: Events, socket: MatchSocket, ice: IceSource, roster: Roster, peer: OnlineMatchPeer) -> void:
	_game = game
	_socket = socket
	_ice = ice
	_roster = roster
	_peer = peer
	mesh = LinkMesh.new(_connection_settings, _send_frame)
	mesh.status_changed.connect(_on_link_changed)
	mesh.silence_changed.connect(_on_silence_changed)
	mesh.measured.connect(_on_measured)
	mesh.signal_made.connect(_on_signal_made)
	mesh.connection_added.connect(_on_connection.bind(game.webrtc_peer_added))
	mesh.connection_removed.connect(_on_connection.bind(game.webrtc_peer_removed))


## The server gave this player their peer id.
func begin(own_peer_id: int) -> void:
	_own_peer_id = own_peer_id
	mesh.own_peer_id = own_peer_id
	_peer.start(own_peer_id, mesh)


## On the socket that is in the match now, the first one or a later one.
func start() -> void:
	_is_unreported = true
	mesh.start(_socket.session_id)
	mesh.set_offline(false)


## Before the players of a snapshot are looked at.
func arrange(room: OnlineMatchRoom) -> void:
	_room = room
	if _peer.star != null:
		_peer.star.hub = room.host_peer_id if _is_star() else 0


## A player is in, or has none of their connections any more.
func connect_to(player: OnlineMatchPlayer) -> void:
	var own: OnlineMatchPlayer = _roster.by_peer_id.get(_own_peer_id)
	if own == null or player == own or not _may_link(player.peer_id):
		return
	var how := {
		"is_announced": player.announced,
		"can": player.can.filter(func(word: String) -> bool: return own.can.has(word)),
		"epoch": (own.generation + player.generation) % 256,
	}
	mesh.add(player.peer_id, player.session_id, how)
	mesh.set_away(player.peer_id, player.away)
	if player.status != Status.CONNECTING:
		_show(player, Status.CONNECTING)


## After the players of a snapshot were looked at.
func show(room: OnlineMatchRoom) -> void:
	if _is_star():
		_reshape(room)
	if _is_unreported and _roster.by_peer_id.has(_own_peer_id):
		_is_unreported = false
		for peer_id: int in mesh.links:
			_report(peer_id)


## In a star another host has other links; of those of others the server tells.
func _reshape(room: OnlineMatchRoom) -> void:
	var hub: OnlineMatchPlayer = _roster.by_peer_id.get(room.host_peer_id)
	for player: OnlineMatchPlayer in _roster.by_peer_id.values():
		if player.peer_id == _own_peer_id:
			continue
		if not _may_link(player.peer_id):
			mesh.remove(player.peer_id)
			_show_others(player, hub, room)
		elif not mesh.links.has(player.peer_id):
			connect_to(player)


## The host's link to a player, by which data goes to them.
func _show_others(player: OnlineMatchPlayer, hub: OnlineMatchPlayer, room: OnlineMatchRoom) -> void:
	var status := Status.CONNECTING
	for link in room.links:
		if hub != null and hub.session_id in [link.get("a"), link.get("b")]:
			if player.session_id in [link.get("a"), link.get("b")]:
				status = maxi(0, NAME_OF_STATUS.find(str(link.get("state")))) as Status
	if status != player.status:
		_show(player, status)
	var is_passed_on := hub != null and hub.can.has("pass_on") and player.can.has("pass_on")
	if status == Status.CONNECTED and is_passed_on:
		_peer.meet(player.peer_id)


func _is_star() -> bool:
	return _room != null and _room.topology == "star"


func _may_link(peer_id: int) -> bool:
	return not _is_star() or _room.host_peer_id in [peer_id, _own_peer_id]


func _on_link_changed(peer_id: int) -> void:
	var player: OnlineMatchPlayer = _roster.by_peer_id.get(peer_id)
	if player == null:
		return
	var link: Link = mesh.links[peer_id]
	_report(peer_id)
	_show(player, link.status, link.via)


func _on_silence_changed(peer_id: int) -> void:
	if peer_id == _room.host_peer_id:
		_report(peer_id)


func _on_measured(peer_id: int) -> void:
	var player: OnlineMatchPlayer = _roster.by_peer_id.get(peer_id)
	var link: Link = mesh.links[peer_id]
	if player == null or link.status != Status.CONNECTED:
		return
	player.rtt_ms = link.rtt_ms
	var told: Dictionary = _told.get(peer_id, {"rtt_ms": -1, "at": 0})
	var is_other := absi(link.rtt_ms - told.rtt_ms) > maxi(LEAST_NEWS_MS, told.rtt_ms / 2)
	if told.rtt_ms < 0 or (is_other and Time.get_ticks_msec() - told.at >= TELL_EVERY_MS):
		_report(peer_id)


func _show(player: OnlineMatchPlayer, status: Status, via := "") -> void:
	player.status = status
	player.via = via if status == Status.CONNECTED else ""
	player.rtt_ms = -1
	changed.emit(player)


func _report(peer_id: int) -> void:
	var link: Link = mesh.links.get(peer_id)
	if _is_unreported or link == null:
		return
	var is_up := link.status == Status.CONNECTED
	var is_silent := is_up and link.is_silent and peer_id == _room.host_peer_id
	var via := link.via if is_up else ""
	var rtt_ms := link.rtt_ms if is_up else -1
	var session_id := mesh.session_of(peer_id)
	var text := Reports.link(session_id, NAME_OF_STATUS[link.status], is_silent, via, rtt_ms)
	_socket.send(OpCode.LINK, text)
	_told[peer_id] = {"rtt_ms": rtt_ms, "at": Time.get_ticks_msec()}


func _on_signal_made(_session_id: String, text: String) -> void:
	_socket.send(OpCode.WEBRTC_PEER_METHOD, text)


func _send_frame(session_id: String, bytes: PackedByteArray) -> bool:
	return _socket.send_bytes_to(session_id, OpCode.FALLBACK, bytes)


func _on_connection(peer_id: int, raw: WebRTCPeerConnection, tell: Signal) -> void:
	var player: OnlineMatchPlayer = _roster.by_peer_id.get(peer_id)
	if player != null:
		tell.emit(raw, player)


func _connection_settings(peer_id: int) -> Dictionary:
	var player: OnlineMatchPlayer = _roster.by_peer_id.get(peer_id)
	var has_words := player != null and player.announced
	return {"servers": _ice.servers, "relay": _game.use_network_relay, "has_words": has_words}
