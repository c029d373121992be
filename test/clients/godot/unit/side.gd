extends Node
## One game among several in this process: a branch of the tree with a multiplayer of its own, whose links are real
## WebRTC and whose signals go from side to side without a server.

signal heard(from: int, text: String)

const LinkMesh := preload("res://addons/online_match/links/link_mesh.gd")

var id: int
var mesh: LinkMesh
var peer := OnlineMatchPeer.new()
var spawner := MultiplayerSpawner.new()
var world := Node.new()
## peer_connected and peer_disconnected of Godot's multiplayer, as [code]+2[/code] and [code]-2[/code].
var comings := PackedStringArray()
var texts := PackedStringArray()
## Whether the game's loop stands still.
var is_frozen := false
## May change or drop a signal: called with the text, returns the texts to deliver.
var mail := func(text: String) -> Array: return [text]
## See ice_rules.gd.
var relay := 0
var ice_servers: Array = []
## Whether the server passes frames on, and what passed.
var is_server_there := true
var frames: Array[PackedByteArray] = []
## What both clients of a link can.
var can: Array = ["fallback", "pass_on"]
var others: Array[Node] = []


## Each is connected to each.
static func meet(parent: Node, count: int, how := {}) -> Array:
	var sides := []
	var script: GDScript = parent.Side
	for number in count:
		var side: Node = script.new()
		side.id = number + 1
		side.name = "Side%d" % side.id
		for key: String in how:
			side.set(key, how[key])
		parent.add_child(side)
		sides.append(side)
	for side: Node in sides:
		side.others.assign(sides.filter(func(other: Node) -> bool: return other != side))
	for side: Node in sides:
		side.open()
	return sides


func open() -> void:
	var api := SceneMultiplayer.new()
	api.root_path = get_path()
	get_tree().set_multiplayer(api, get_path())
	mesh = LinkMesh.new(_how, _send_by_server)
	mesh.signal_made.connect(_on_signal_made)
	mesh.own_peer_id = id
	mesh.start(session_of(id))
	peer.start(id, mesh)
	api.multiplayer_peer = peer
	api.peer_connected.connect(func(other: int) -> void: comings.append("+%d" % other))
	api.peer_disconnected.connect(func(other: int) -> void: comings.append("-%d" % other))
	world.name = "World"
	add_child(world)
	spawner.name = "Spawner"
	add_child(spawner)
	spawner.spawn_path = ^"../World"
	spawner.spawn_function = _spawned
	for other: Node in others:
		mesh.add(other.id, session_of(other.id), {"is_announced": true, "can": can, "epoch": 0})


func _process(_delta: float) -> void:
	if not is_frozen and mesh != null:
		mesh.poll()


func _exit_tree() -> void:
	if mesh != null:
		mesh.close()
	get_tree().set_multiplayer(null, get_path())


@rpc("any_peer", "call_remote", "reliable")
func hear(text: String) -> void:
	texts.append("%d: %s" % [multiplayer.get_remote_sender_id(), text])
	heard.emit(multiplayer.get_remote_sender_id(), text)


func is_linked_to(other: int) -> bool:
	return mesh.links.has(other) and mesh.links[other].status == OnlineMatchPlayer.Status.CONNECTED


func is_linked() -> bool:
	return mesh.links.keys().all(is_linked_to)


## As a network that changes does.
func cut(other: int) -> void:
	mesh.links[other].connection.raw.close()


func hear_frame(session_id: String, bytes: PackedByteArray) -> void:
	mesh.on_frame(session_id, bytes)


static func session_of(number: int) -> String:
	return "session-%d" % number


func _spawned(title: Variant) -> Node:
	var node := Node.new()
	node.name = str(title)
	return node


func _how(_peer_id: int) -> Dictionary:
	return {"servers": ice_servers, "relay": relay, "has_words": true}


func _send_by_server(session_id: String, bytes: PackedByteArray) -> bool:
	if not is_server_there:
		return false
	frames.append(bytes)
	for other: Node in others:
		if session_of(other.id) == session_id:
			# Later, as a network does.
			other.hear_frame.call_deferred(session_of(id), bytes)
	return true


func _on_signal_made(session_id: String, text: String) -> void:
	for other: Node in others:
		if session_of(other.id) == session_id or others.size() == 1:
			for delivered: String in mail.call(text):
				other.mesh.on_signal(session_of(id), delivered)
