class_name OnlineMatchPeer
extends MultiplayerPeerExtension
## The match as Godot's multiplayer sees it: RPCs, spawners and synchronizers go over it.
##
## Peers come when their link is first up, and go when they are out of the match. In between a link may be taken
## down and made anew: no signal tells of it, nodes stay, and reliable packets that were sent meanwhile arrive, once.
## Peer ids are the server's, and one's own never changes. In a star all are peers of all, and the host passes on.

const LinkMesh := preload("link_mesh.gd")
const Link := preload("link.gd")
const Star := preload("star.gd")

const MAX_PACKET := 65_536

## Null before the match has begun.
var star: Star
var _mesh: LinkMesh
var _own_id := 0
## Peer ids that the game knows of, and of links that came up while the game refused new ones.
var _known := {}
var _refused := {}
var _is_refusing := false
var _is_closed := false
var _target := 0
var _mode := MultiplayerPeer.TRANSFER_MODE_RELIABLE
var _channel := 0
## [code][peer id, bytes, mode][/code] of packets that the game did not read yet.
var _packets: Array[Array] = []
var _last: Array = [0, PackedByteArray(), MultiplayerPeer.TRANSFER_MODE_RELIABLE]


func start(own_id: int, mesh: LinkMesh) -> void:
	_own_id = own_id
	_mesh = mesh
	star = Star.new(own_id, mesh)
	star.packet_received.connect(_take)
	mesh.packet_received.connect(_on_packet)
	mesh.status_changed.connect(_on_status_changed)


## Data goes to that player and comes from them, over a link or through the host of a star.
func meet(peer_id: int) -> void:
	if _known.has(peer_id):
		return
	if _is_refusing:
		_refused[peer_id] = true
		return
	_known[peer_id] = true
	peer_connected.emit(peer_id)


## The player has left, or came back without anything that they had.
func forget(peer_id: int) -> void:
	_refused.erase(peer_id)
	if not _known.erase(peer_id):
		return
	_packets = _packets.filter(func(packet: Array) -> bool: return packet[0] != peer_id)
	peer_disconnected.emit(peer_id)


func _on_status_changed(peer_id: int) -> void:
	var link: Link = _mesh.links.get(peer_id)
	if link != null and link.status == OnlineMatchPlayer.Status.CONNECTED:
		meet(peer_id)


func _on_packet(peer_id: int, bytes: PackedByteArray, mode: int, is_passed_on: bool) -> void:
	if is_passed_on:
		star.take(peer_id, bytes, mode)
	else:
		_take(peer_id, bytes, mode)


func _take(peer_id: int, bytes: PackedByteArray, mode: int) -> void:
	if _known.has(peer_id):
		_packets.append([peer_id, bytes, mode])


func _poll() -> void:
	if not _is_closed:
		_mesh.poll()


func _put_packet_script(bytes: PackedByteArray) -> Error:
	if bytes.size() > MAX_PACKET:
		return ERR_INVALID_PARAMETER
	var result := OK
	var is_for_others := false
	for peer_id: int in _known:
		if not Star.is_meant(peer_id, _target):
			continue
		var link: Link = _mesh.links.get(peer_id)
		if link == null:
			is_for_others = true
			continue
		var sent := link.send(bytes, _mode)
		result = result if sent == OK else sent
	if is_for_others:
		var sent := star.send(bytes, _target, _mode)
		result = result if sent == OK else sent
	return result


func _get_packet_script() -> PackedByteArray:
	_last = _packets.pop_front()
	return _last[1]


func _get_available_packet_count() -> int:
	return _packets.size()


func _get_packet_peer() -> int:
	return _last[0] if _packets.is_empty() else _packets[0][0]


func _get_packet_mode() -> MultiplayerPeer.TransferMode:
	return _last[2] if _packets.is_empty() else _packets[0][2]


## All transfer channels of a mode share one; so what is in order stays in order.
func _get_packet_channel() -> int:
	return 0


func _get_max_packet_size() -> int:
	return MAX_PACKET


func _set_target_peer(peer_id: int) -> void:
	_target = peer_id


func _set_transfer_mode(mode: MultiplayerPeer.TransferMode) -> void:
	_mode = mode


func _get_transfer_mode() -> MultiplayerPeer.TransferMode:
	return _mode


func _set_transfer_channel(channel: int) -> void:
	_channel = channel


func _get_transfer_channel() -> int:
	return _channel


func _get_unique_id() -> int:
	return _own_id


func _is_server() -> bool:
	return _own_id == 1


func _is_server_relay_supported() -> bool:
	return false


func _get_connection_status() -> MultiplayerPeer.ConnectionStatus:
	return CONNECTION_DISCONNECTED if _is_closed else CONNECTION_CONNECTED


## Keeps players out whom the game does not know yet. A link that is made anew comes up all the same.
func _set_refuse_new_connections(enable: bool) -> void:
	_is_refusing = enable
	if enable or _mesh == null:
		return
	for peer_id: int in _refused.keys():
		_refused.erase(peer_id)
		meet(peer_id)


func _is_refusing_new_connections() -> bool:
	return _is_refusing


func _disconnect_peer(peer_id: int, force: bool) -> void:
	if _mesh != null:
		_mesh.remove(peer_id)
	if force:
		_known.erase(peer_id)
	else:
		forget(peer_id)


func _close() -> void:
	_is_closed = true
	_packets.clear()
	if _mesh != null:
		_mesh.close()
