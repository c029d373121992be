extends "game_test.gd"
## Links through the server: what becomes of a link where no connection comes up, or none stays up.

const Side := preload("side.gd")


func test_two_between_whom_no_connection_comes_up_talk_through_the_server() -> void:
	var sides := Side.meet(self, 2, {"mail": _without_addresses})
	await until(func() -> bool: return _are_up(sides), "links")
	_expect_way(sides, "server")
	sides[0].hear.rpc("there")
	sides[1].hear.rpc("back")
	await until(func() -> bool: return sides[1].texts.has("1: there"), "a text")
	await until(func() -> bool: return sides[0].texts.has("2: back"), "a text")
	same(sides[0].comings + sides[1].comings, PackedStringArray(["+2", "+1"]))
	await until(func() -> bool: return sides[0].mesh.links[2].rtt_ms >= 0, "a time there and back")


func test_a_link_goes_to_the_server_and_back_and_loses_nothing() -> void:
	var sides := Side.meet(self, 2)
	await until(func() -> bool: return _are_up(sides), "links")
	_expect_way(sides, "")
	var numbers := [0]
	var talk := func() -> void:
		numbers[0] += 1
		for side: Node in sides:
			side.hear.rpc(str(numbers[0]))
	get_tree().process_frame.connect(talk)
	for side: Node in sides:
		side.mail = _without_addresses
	sides[0].cut(2)
	await until(func() -> bool: return _are_by(sides, "server"), "links through the server")
	for side: Node in sides:
		side.mail = func(text: String) -> Array: return [text]
	# Not in half a minute, but now.
	sides[0].mesh.links[2]._repair._deadline = 0
	await until(func() -> bool: return _are_by(sides, ""), "links past the server")
	get_tree().process_frame.disconnect(talk)
	for index: int in [0, 1]:
		var side: Node = sides[index]
		await until(func() -> bool: return side.texts.size() == numbers[0], "all texts")
		var wanted := PackedStringArray()
		for number: int in numbers[0]:
			wanted.append("%d: %d" % [2 - index, number + 1])
		same(side.texts, wanted)
	same(sides[0].comings + sides[1].comings, PackedStringArray(["+2", "+1"]))


func test_a_server_that_loses_frames_or_wants_them_slower_gets_all_again() -> void:
	var sides := Side.meet(self, 2, {"mail": _without_addresses})
	await until(func() -> bool: return _are_up(sides), "links")
	for number in 200:
		sides[0].hear.rpc(str(number))
		if number == 50:
			sides[0].mesh.slow_down(300)
		if number in [20, 100]:
			sides[0].is_server_there = number == 100
			await get_tree().process_frame
	await until(func() -> bool: return sides[1].texts.size() == 200, "all texts")
	same(sides[1].texts[199], "1: 199")


func test_turn_alone_is_tried_before_the_server() -> void:
	# Nobody answers there.
	var ice_servers := [{"urls": ["turn:127.0.0.1:9"], "username": "u", "credential": "c"}]
	var sides := Side.meet(self, 2, {"mail": _without_addresses, "ice_servers": ice_servers})
	var ways: Array[String] = []
	for side: Node in sides:
		side.mesh.connection_added.connect(
			func(_peer_id: int, _raw: WebRTCPeerConnection) -> void: ways.append(_via(side))
		)
	await until(func() -> bool: return _are_by(sides, "server"), "links through the server")
	same(ways.has("turn"), true)


func test_who_may_use_turn_only_and_has_none_goes_through_the_server_at_once() -> void:
	var sides := Side.meet(self, 2, {"relay": 1})
	same(sides[0].mesh.links[2].via, "server")
	await until(func() -> bool: return _are_up(sides), "links")
	_expect_way(sides, "server")


func test_without_the_server_a_link_fails_until_it_is_there() -> void:
	var sides := Side.meet(self, 2, {"relay": 1, "is_server_there": false})
	var failed := OnlineMatchPlayer.Status.FAILED
	await until(func() -> bool: return sides[0].mesh.links[2].status == failed, "a failed link")
	for side: Node in sides:
		side.is_server_there = true
	await until(func() -> bool: return _are_up(sides), "links")


func test_without_the_fallback_packets_are_numbered_all_the_same() -> void:
	var sides := Side.meet(self, 2, {"can": ["pass_on"]})
	await until(func() -> bool: return _are_up(sides), "links")
	# It was sent, and is never read.
	sides[0].hear.rpc("before")
	for side: Node in sides:
		side.mesh.links.values()[0].connection.close()
	await until(func() -> bool: return not sides[0].is_linked(), "no link")
	for number in 5:
		sides[0].hear.rpc(str(number))
	await until(func() -> bool: return sides[1].texts.size() == 6, "texts")
	same(sides[1].texts[5], "1: 4")
	same([sides[0].frames.size(), sides[1].frames.size()], [0, 0])


func test_other_clients_get_packets_as_they_are() -> void:
	var sides := Side.meet(self, 2, {"can": []})
	# As Godot's multiplayer begins what it does not read itself.
	var early := PackedByteArray([3, 1])
	var late := PackedByteArray([3, 2])
	sides[0].mesh.links[2].send(early, MultiplayerPeer.TRANSFER_MODE_RELIABLE)
	var seen: Array[PackedByteArray] = []
	sides[1].mesh.packet_received.connect(
		func(_from: int, bytes: PackedByteArray, _mode: int, _is_passed_on: bool) -> void: seen.append(bytes)
	)
	await until(func() -> bool: return seen.has(early), "what waited for the link")
	sides[0].mesh.links[2].send(late, MultiplayerPeer.TRANSFER_MODE_RELIABLE)
	await until(func() -> bool: return seen.has(late), "a packet")


func _are_up(sides: Array) -> bool:
	return sides.all(func(side: Node) -> bool: return side.is_linked())


func _are_by(sides: Array, via: String) -> bool:
	return _are_up(sides) and sides.all(func(side: Node) -> bool: return _via(side) == via)


func _expect_way(sides: Array, via: String) -> void:
	same(sides.map(_via), sides.map(func(_side: Node) -> String: return via))


func _via(side: Node) -> String:
	return side.mesh.links.values()[0].via


## A network through which no connection comes.
func _without_addresses(text: String) -> Array:
	if text.contains("add_ice_candidate"):
		return []
	var signalled: Dictionary = JSON.parse_string(text)
	if signalled.has("sdp"):
		var lines := Array(str(signalled.sdp).split("\n"))
		lines = lines.filter(func(line: String) -> bool: return not line.begins_with("a=candidate"))
		signalled.sdp = "\n".join(PackedStringArray(lines))
	return [JSON.stringify(signalled)]
