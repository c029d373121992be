extends "game_test.gd"
## The multiplayer peer that games get: what may happen to links under it.

const Side := preload("side.gd")


func test_a_link_made_anew_keeps_nodes_and_peers_and_loses_no_rpc() -> void:
	var sides := await _meet(2)
	var first: Node = sides[0]
	var second: Node = sides[1]
	first.spawner.spawn("Ship")
	await until(func() -> bool: return second.world.has_node("Ship"), "the ship on the other side")
	var ship: Node = second.world.get_node("Ship")

	for round_number in 3:
		first.cut(2)
		for number in 5:
			first.hear.rpc("%d.%d" % [round_number, number])
			second.hear.rpc("%d.%d" % [round_number, number])
		await until(func() -> bool: return second.texts.size() == 5 * (round_number + 1), "texts")
		await until(func() -> bool: return first.texts.size() == 5 * (round_number + 1), "texts")

	same(second.world.get_node("Ship"), ship)
	same(second.comings, PackedStringArray(["+1"]))
	same(first.comings, PackedStringArray(["+2"]))
	var wanted := PackedStringArray()
	for round_number in 3:
		for number in 5:
			wanted.append("1: %d.%d" % [round_number, number])
	same(second.texts, wanted)


func test_a_refusing_game_keeps_the_players_that_it_has() -> void:
	var sides := await _meet(2)
	sides[0].peer.refuse_new_connections = true
	sides[1].peer.refuse_new_connections = true
	sides[0].cut(2)
	sides[0].hear.rpc("still here")
	await until(func() -> bool: return sides[1].texts.has("1: still here"), "a text")
	same(sides[1].comings, PackedStringArray(["+1"]))


func test_a_refusing_game_hears_of_new_players_later() -> void:
	var sides := Side.meet(self, 2)
	sides[0].peer.refuse_new_connections = true
	await until(func() -> bool: return sides[0].is_linked() and sides[1].is_linked(), "links")
	same(sides[0].comings, PackedStringArray())
	sides[0].peer.refuse_new_connections = false
	same(sides[0].comings, PackedStringArray(["+2"]))


func test_who_loses_the_first_player_does_not_become_the_server() -> void:
	var sides := await _meet(3)
	sides[0].mesh.close()
	sides[0].queue_free()
	for side: Node in [sides[1], sides[2]]:
		side.mesh.remove(1)
		side.peer.forget(1)
		same(side.multiplayer.get_unique_id(), side.id)
		same(side.multiplayer.is_server(), false)
		same(side.is_multiplayer_authority(), false)
		same(side.peer.get_connection_status(), MultiplayerPeer.CONNECTION_CONNECTED)
		same(side.comings[-1], "-1")
	sides[1].hear.rpc("on we go")
	await until(func() -> bool: return sides[2].texts.has("2: on we go"), "a text")


func test_a_seat_that_goes_takes_its_nodes_along() -> void:
	var sides := await _meet(2)
	sides[0].spawner.spawn("Ship")
	await until(func() -> bool: return sides[1].world.has_node("Ship"), "the ship")
	sides[1].mesh.remove(1)
	sides[1].peer.forget(1)
	await until(func() -> bool: return not sides[1].world.has_node("Ship"), "the ship to go")
	same(sides[1].comings, PackedStringArray(["+1", "-1"]))


func test_signals_find_players_who_came_back_on_another_socket() -> void:
	var sides := await _meet(2)
	var first: Node = sides[0]
	var second: Node = sides[1]
	# Player 2 has another session now; player 1 hears of it after the first signals from there.
	var sent: Array[String] = []
	second.mail = func(text: String) -> Array:
		sent.append(text)
		return []
	first.mesh.set_away(2, true)
	second.mesh.set_offline(true)
	second.cut(1)
	first.cut(2)
	await until(func() -> bool: return not first.is_linked() and not second.is_linked(), "no links")
	first.hear.rpc("while it was away")
	second.mesh.start("zz-new-session")
	second.mesh.set_offline(false)
	await until(func() -> bool: return not sent.is_empty(), "a signal")
	for text in sent:
		first.mesh.on_signal("zz-new-session", text)
	second.mail = func(text: String) -> Array:
		first.mesh.on_signal("zz-new-session", text)
		return []
	first.mesh.move(2, "zz-new-session")
	first.mesh.set_away(2, false)
	first.mesh.renew_if_down(2)
	# Side 1 goes on to say session-2 where a stale signal is meant, which is still side 2.
	first.mail = func(text: String) -> Array:
		second.mesh.on_signal("session-1", text.replace("zz-new-session", "session-2"))
		return []
	await until(func() -> bool: return second.texts.has("1: while it was away"), "the text")
	same(first.comings + second.comings, PackedStringArray(["+2", "+1"]))


func test_a_game_may_disconnect_a_peer_by_itself() -> void:
	var sides := await _meet(2)
	(sides[0].multiplayer as SceneMultiplayer).disconnect_peer(2)
	same(sides[0].multiplayer.get_peers(), PackedInt32Array())
	# What is told of them later finds no link, and does nothing.
	sides[0].mesh.move(2, "another-session")
	sides[0].mesh.set_away(2, true)
	sides[0].mesh.renew_if_down(2)
	sides[0].mesh.remove(2)
	same(sides[0].mesh.links, {})


func test_a_game_that_stood_still_reads_all_when_it_goes_on() -> void:
	var sides := await _meet(2)
	sides[0].spawner.spawn("Ship")
	await until(func() -> bool: return sides[1].world.has_node("Ship"), "the ship")
	var ship: Node = sides[1].world.get_node("Ship")
	sides[1].is_frozen = true
	get_tree().multiplayer_poll = false
	for number in 300:
		sides[0].hear.rpc(str(number))
	var end := Time.get_ticks_msec() + 3000
	await until(_poll_one_until.bind(sides[0], end), "three seconds")
	sides[1].is_frozen = false
	get_tree().multiplayer_poll = true
	await until(func() -> bool: return sides[1].texts.size() == 300, "all texts")
	same(sides[1].texts[299], "1: 299")
	same(sides[1].world.get_node("Ship"), ship)
	same(sides[0].comings + sides[1].comings, PackedStringArray(["+2", "+1"]))


func test_a_link_whose_handshake_failed_for_good_is_made_anew() -> void:
	var spoilt := [0]
	var sides := Side.meet(self, 2)
	# The first answer names another certificate than its sender has, so the handshake cannot succeed.
	sides[1].mail = func(text: String) -> Array:
		if text.contains('"answer"') and spoilt[0] == 0:
			spoilt[0] += 1
			var at := text.find("a=fingerprint:sha-256 ") + "a=fingerprint:sha-256 ".length()
			return [text.substr(0, at) + "00:00:00:00" + text.substr(at + "00:00:00:00".length())]
		return [text]
	await until(func() -> bool: return sides[0].is_linked() and sides[1].is_linked(), "links")
	same(spoilt[0], 1)
	sides[0].hear.rpc("at last")
	await until(func() -> bool: return sides[1].texts.has("1: at last"), "a text")


func test_signals_that_come_twice_or_late_do_no_harm() -> void:
	var sides := Side.meet(self, 2)
	for side: Node in sides:
		var all: Array[String] = []
		side.mail = func(text: String) -> Array:
			all.append(text)
			return [text, text] + all.slice(0, 2)
	await until(func() -> bool: return sides[0].is_linked() and sides[1].is_linked(), "links")
	sides[0].cut(2)
	sides[1].hear.rpc("again")
	await until(func() -> bool: return sides[0].texts.has("2: again"), "a text")
	same(sides[0].comings, PackedStringArray(["+2"]))


func _poll_one_until(side: Node, end: int) -> bool:
	side.multiplayer.poll()
	return Time.get_ticks_msec() > end


func _meet(count: int) -> Array:
	var sides := Side.meet(self, count)
	await until(func() -> bool: return sides.all(func(side: Node) -> bool: return side.is_linked()), "links")
	return sides
