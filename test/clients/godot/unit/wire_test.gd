extends "game_test.gd"
## The frames that both clients read and write alike; test/protocol/wire.test.ts is the other half.

const PeerSignal := preload("res://addons/online_match/protocol/peer_signal.gd")
const Refusal := preload("res://addons/online_match/protocol/refusal.gd")
const Reports := preload("res://addons/online_match/protocol/reports.gd")

const ME: Array[String] = ["earlier", "me"]
const KINDS: Array[String] = ["description", "candidate", "reconnect"]


func test_signals_are_read_and_written() -> void:
	for each: Dictionary in _frames("signals"):
		var read := PeerSignal.decode(JSON.stringify(each.frame), ME)
		if each.means == null:
			holds(read == null, "it is read as a signal: " + str(each.name))
			continue
		var means := {"kind": KINDS[read.kind]}
		match read.kind:
			PeerSignal.Kind.DESCRIPTION:
				var number: Variant = float(read.offer_number) if read.offer_number > 0 else null
				means.merge({"type": read.type, "sdp": read.sdp, "offer_number": number})
			PeerSignal.Kind.CANDIDATE:
				means.merge({"media": read.media, "index": float(read.index), "name": read.name})
		if read.connection > 0:
			means.connection = float(read.connection)
		same(means, each.means)
		same(JSON.parse_string(read.encode("me")), each.frame)


func test_a_signal_for_somebody_else_is_none() -> void:
	for each: Dictionary in _frames("signals"):
		holds(PeerSignal.decode(JSON.stringify(each.frame), ["you"] as Array[String]) == null, each.name)


func test_what_two_games_of_godot_add_to_signals_is_read_and_written() -> void:
	var made := PeerSignal.description("offer", "v=0", 2)
	made.numbered = true
	made.connection = 2
	var read := PeerSignal.decode(made.encode("me"), ME)
	same([read.numbered, read.connection, read.offer_number], [true, 2, 2])
	same(PeerSignal.decode(PeerSignal.reconnect(7).encode("me"), ME).connection, 7)


func test_refusals_are_read() -> void:
	for each: Dictionary in _frames("refusals"):
		var read := Refusal.decode(JSON.stringify(each.frame), "me")
		same({"code": read.code, "reason": read.message}, each.means)


func test_rooms_are_read() -> void:
	for each: Dictionary in _frames("rooms"):
		var room := OnlineMatchRoom.decode(JSON.stringify(each.frame))
		if each.means == null:
			holds(room == null, "it is read as a room: " + str(each.name))
			continue
		same(_meaning_of(room), each.means)


func test_reports_are_written() -> void:
	for each: Dictionary in _frames("links"):
		var means: Dictionary = each.means
		var text := Reports.link(means.peer, means.state, means.silent)
		same(JSON.parse_string(text), each.frame)
	for each: Dictionary in _frames("statuses"):
		same(JSON.parse_string(Reports.status(each.means)), each.frame)


func test_checkpoints_are_read() -> void:
	for each: Dictionary in _frames("checkpoints"):
		var read := Reports.checkpoint(JSON.stringify(each.frame))
		if each.means == null:
			same(read, {})
			continue
		var bytes: PackedByteArray = read.data
		var means := {"term": float(read.term), "sequence": float(read.sequence)}
		same(means.merged({"text": bytes.get_string_from_utf8()}), each.means)


func _meaning_of(room: OnlineMatchRoom) -> Dictionary:
	var players := []
	for data in room.players:
		var player := OnlineMatchPlayer.from_dict(data)
		var means := player.to_dict()
		means.away_sec = float(player.away_sec) if player.away else null
		means.erase("away")
		means.peer_id = float(player.peer_id)
		means.generation = float(player.generation)
		players.append(means)
	var host := {"peer_id": float(room.host_peer_id), "term": float(room.host_term)}
	var is_first := room.you != ""
	return {
		"you": room.you if is_first else null,
		"code": room.code,
		"name": room.name,
		"visibility": room.visibility,
		"has_password": room.has_password,
		"properties": room.properties,
		"all_ready": room.all_ready,
		"phase": room.phase,
		"client_version": room.client_version if room.client_version != "" else null,
		"min_players": float(room.min_players),
		"max_players": float(room.max_players),
		"open_seats": float(room.open_seats),
		"host": host if room.host_peer_id > 0 else null,
		"players": players,
		"links": Array(room.links),
		"connected": room.connected,
		"ice_servers": room.ice_servers if is_first else null,
		"ice_expires_in": float(room.ice_expires_in) if room.ice_expires_in >= 0 else null,
	}


func _frames(kind: String) -> Array:
	var folder := (get_script() as Script).resource_path.get_base_dir()
	var file := folder.path_join("../../../../kit/wire/frames.json").simplify_path()
	return JSON.parse_string(FileAccess.get_file_as_string(file))[kind]
