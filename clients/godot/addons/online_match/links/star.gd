extends RefCounted
## In a star players are linked to the host alone, who passes on what they say to each other.
##
## Between two games that can, a message with the flag PASSED_ON begins with 32 bits: to the host, for whom it is, as
## Godot's multiplayer has targets (0: all others, -2: all but 2); from the host, whose it is. What is on its way
## through a host who is lost, is lost.

signal packet_received(from: int, bytes: PackedByteArray, mode: int)

const Link := preload("link.gd")
const LinkMesh := preload("link_mesh.gd")

const HEAD := 4

## The host's peer id; 0 where the match is no star.
var hub := 0
var _own_id: int
var _mesh: LinkMesh


func _init(own_id: int, mesh: LinkMesh) -> void:
	_own_id = own_id
	_mesh = mesh


## To players who are linked to the host, not to this one.
func send(bytes: PackedByteArray, target: int, mode: int) -> Error:
	var link: Link = _mesh.links.get(hub)
	if link == null or not link.can_pass_on:
		return ERR_UNAVAILABLE
	return link.send(_with_head(target, bytes), mode, true)


func take(from: int, message: PackedByteArray, mode: int) -> void:
	if message.size() < HEAD:
		return
	var named := message.decode_s32(0)
	var bytes := message.slice(HEAD)
	if hub == _own_id:
		_pass_on(from, named, bytes, mode)
	elif from == hub and named != _own_id:
		packet_received.emit(named, bytes, mode)


static func is_meant(peer_id: int, target: int) -> bool:
	return target == 0 or peer_id == target or (target < 0 and peer_id != -target)


func _pass_on(from: int, target: int, bytes: PackedByteArray, mode: int) -> void:
	var message := _with_head(from, bytes)
	for peer_id: int in _mesh.links:
		var link: Link = _mesh.links[peer_id]
		if peer_id != from and link.can_pass_on and is_meant(peer_id, target):
			link.send(message, mode, true)


static func _with_head(named: int, bytes: PackedByteArray) -> PackedByteArray:
	var message := PackedByteArray()
	message.resize(HEAD)
	message.encode_s32(0, named)
	message.append_array(bytes)
	return message
