extends RefCounted
## One match from the join on: who is in, the links to them, and whether all are ready.

signal refused(failure: OnlineMatchFailure)

const Events := preload("../match_events.gd")
const LinkMesh := preload("../links/link_mesh.gd")
const MatchLinks := preload("match_links.gd")
const MatchSocket := preload("match_socket.gd")
const OpCode := preload("../protocol/op_code.gd")
const Refusal := preload("../protocol/refusal.gd")
const Reports := preload("../protocol/reports.gd")
const Roster := preload("roster.gd")
const IceSource := preload("ice_source.gd")
const HostOffice := preload("host_office.gd")

var roster := Roster.new()
var mesh: LinkMesh
var peer := OnlineMatchPeer.new()
var office: HostOffice
## The latest snapshot; null until the first.
var room: OnlineMatchRoom
var own_peer_id := 0
var is_ready := false
var is_playing := false
var _game: Events
var _socket: MatchSocket
var _ice: IceSource
var _links: MatchLinks


func _init(game: Events, socket: MatchSocket, ice: IceSource) -> void:
	_game = game
	_socket = socket
	_ice = ice
	_links = MatchLinks.new(game, socket, ice, roster, peer)
	_links.changed.connect(_on_link_changed)
	mesh = _links.mesh
	office = HostOffice.new(game, socket)
	roster.joined.connect(_on_joined)
	roster.left.connect(_on_left)
	roster.moved.connect(_on_moved)
	roster.renewed.connect(_on_renewed)
	roster.away_changed.connect(_on_away_changed)


## On the socket that is in the match now, the first one or a later one.
func start() -> void:
	_links.start()


## The server gave this player their peer id.
func begin(peer_id: int) -> void:
	if own_peer_id != 0:
		return
	own_peer_id = peer_id
	_links.begin(peer_id)
	_game.multiplayer.multiplayer_peer = peer


func own() -> OnlineMatchPlayer:
	return roster.by_peer_id.get(own_peer_id)


func on_data(op_code: int, data: Variant) -> void:
	# Whatever another player sends has their presence; what the server says itself has none.
	if data.presence != null:
		_on_said_by(data.presence.session_id, op_code, data)
	else:
		_on_told(op_code, data.data)


## Of matched players only this tells who will not come.
func on_presence(event: Variant) -> void:
	for presence: Variant in event.leaves:
		roster.expected.erase(presence.session_id)
	update_readiness()


func process() -> void:
	mesh.poll()
	office.process()
	_ice.process(_socket.socket)


## The match is ready when enough players are in and no link is known to be down.
func update_readiness() -> void:
	if is_playing or room == null:
		return
	var is_up := room.connected and own() != null and roster.expected.is_empty()
	for player: OnlineMatchPlayer in roster.by_peer_id.values():
		is_up = is_up and (player.status == OnlineMatchPlayer.Status.CONNECTED or player.away)
	var now_ready := is_up and roster.by_peer_id.size() >= room.min_players
	if now_ready == is_ready:
		return
	is_ready = now_ready
	if is_ready:
		_game.match_ready.emit(roster.by_session_id())
	else:
		_game.match_not_ready.emit()


## From now on it tells the game nothing.
func close() -> void:
	peer.close()
	mesh.close()
	if _game.multiplayer.multiplayer_peer == peer:
		_game.multiplayer.multiplayer_peer = OfflineMultiplayerPeer.new()


func _on_said_by(session_id: String, op_code: int, data: Variant) -> void:
	match op_code:
		OpCode.WEBRTC_PEER_METHOD:
			mesh.on_signal(session_id, data.data)
		OpCode.FALLBACK:
			mesh.on_frame(session_id, data.binary_data)


func _on_told(op_code: int, text: String) -> void:
	match op_code:
		OpCode.JOIN_ERROR:
			var failure := Refusal.decode(text, _socket.session_id)
			if failure != null:
				refused.emit(failure)
		OpCode.ROOM:
			var snapshot := OnlineMatchRoom.decode(text)
			if snapshot != null:
				_on_snapshot(snapshot)
		OpCode.SLOW_DOWN:
			var ms := Reports.slow_down(text)
			if ms >= 0:
				mesh.slow_down(ms)
		_:
			office.on_data(op_code, text)


func _on_snapshot(snapshot: OnlineMatchRoom) -> void:
	if snapshot.you not in ["", _socket.session_id]:
		return
	if snapshot.you != "":
		_ice.replace(snapshot.ice_servers, snapshot.ice_expires_in)
	room = snapshot
	for data: Dictionary in snapshot.players:
		if data.session_id == _socket.session_id:
			begin(int(data.peer_id))
	_links.arrange(snapshot)
	roster.apply(snapshot, _socket.session_id)
	_links.show(snapshot)
	office.apply(snapshot, roster, own_peer_id)
	_game.room_changed.emit(snapshot)
	update_readiness()


func _on_joined(player: OnlineMatchPlayer) -> void:
	var is_own := player.peer_id == own_peer_id
	if is_own:
		player.status = OnlineMatchPlayer.Status.CONNECTED
	_game.player_joined.emit(player)
	if is_own:
		_game.player_status_changed.emit(player, player.status)
	elif roster.by_peer_id.has(player.peer_id):
		_links.connect_to(player)


func _on_left(player: OnlineMatchPlayer) -> void:
	mesh.remove(player.peer_id)
	peer.forget(player.peer_id)
	_game.player_left.emit(player)


func _on_moved(player: OnlineMatchPlayer) -> void:
	if player.peer_id == own_peer_id:
		return
	mesh.move(player.peer_id, player.session_id)
	mesh.set_away(player.peer_id, player.away)
	mesh.renew_if_down(player.peer_id)


func _on_renewed(player: OnlineMatchPlayer) -> void:
	if player.peer_id == own_peer_id:
		return
	mesh.move(player.peer_id, player.session_id)
	peer.forget(player.peer_id)
	_links.connect_to(player)


func _on_away_changed(player: OnlineMatchPlayer) -> void:
	if player.peer_id != own_peer_id:
		mesh.set_away(player.peer_id, player.away)
		_game.player_away_changed.emit(player)


func _on_link_changed(player: OnlineMatchPlayer) -> void:
	_game.player_status_changed.emit(player, player.status)
	update_readiness()
