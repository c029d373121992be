extends "game_test.gd"
## A star: the host is linked to all, and passes on what the others say to each other.

const Side := preload("side.gd")

## What a plain packet of Godot's multiplayer begins with.
const RAW := 3
const RELIABLE := MultiplayerPeer.TRANSFER_MODE_RELIABLE


func test_players_hear_each_other_through_the_host() -> void:
	var sides := await _star()
	sides[1].hear.rpc("to all")
	await until(func() -> bool: return sides[2].texts.has("2: to all"), "a text through the host")
	await until(func() -> bool: return sides[0].texts.has("2: to all"), "a text to the host")
	sides[1].hear.rpc_id(3, "to one")
	await until(func() -> bool: return sides[2].texts.has("2: to one"), "a text through the host")
	same(sides[0].texts, PackedStringArray(["2: to all"]))


func test_a_spawner_of_the_one_shows_its_nodes_to_the_other() -> void:
	var sides := await _star()
	for side: Node in sides:
		side.spawner.set_multiplayer_authority(2)
	sides[1].spawner.spawn("Ship")
	for side: Node in [sides[0], sides[2]]:
		await until(func() -> bool: return side.world.has_node("Ship"), "the ship")


func test_a_player_cannot_speak_as_another() -> void:
	var sides := await _star()
	var heard: Array = []
	sides[0].peer.star.packet_received.connect(
		func(from: int, _bytes: PackedByteArray, _mode: int) -> void: heard.append(from)
	)
	sides[2].peer.star.packet_received.connect(
		func(from: int, bytes: PackedByteArray, _mode: int) -> void: heard.append([from, bytes])
	)
	# Player 2 names player 1 as whom it is for, and as whose it is.
	var named_1 := PackedByteArray([1, 0, 0, 0, RAW, 7])
	sides[1].mesh.links[1].send(named_1, RELIABLE, true)
	# A head that is none.
	sides[1].mesh.links[1].send(PackedByteArray([1]), RELIABLE, true)
	var named_3 := PackedByteArray([3, 0, 0, 0, RAW, 7])
	sides[1].mesh.links[1].send(named_3, RELIABLE, true)
	await until(func() -> bool: return not heard.is_empty(), "what is passed on")
	same(heard, [[2, PackedByteArray([RAW, 7])]])


func test_only_the_host_is_believed_whose_a_message_is() -> void:
	var sides := await _meet(3)
	for side: Node in sides:
		side.peer.star.hub = 1
	var heard: Array = []
	sides[2].peer.star.packet_received.connect(
		func(from: int, _bytes: PackedByteArray, _mode: int) -> void: heard.append(from)
	)
	sides[1].mesh.links[3].send(PackedByteArray([1, 0, 0, 0, RAW, 7]), RELIABLE, true)
	sides[0].mesh.links[3].send(PackedByteArray([2, 0, 0, 0, RAW, 7]), RELIABLE, true)
	await until(func() -> bool: return not heard.is_empty(), "what is passed on")
	same(heard, [2])


## Three, of whom the first is host.
func _star() -> Array:
	var sides := await _meet(3)
	sides[1].mesh.remove(3)
	sides[2].mesh.remove(2)
	for side: Node in sides:
		side.peer.star.hub = 1
	return sides


func _meet(count: int) -> Array:
	var sides := Side.meet(self, count)
	await until(func() -> bool: return sides.all(func(side: Node) -> bool: return side.is_linked()), "links")
	return sides
