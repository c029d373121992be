extends "game_test.gd"
## The frames that both clients read and write alike; test/clients/web/wire.test.ts is the other half.

const PeerSignal := preload("res://addons/online_match/protocol/peer_signal.gd")
const Frame := preload("res://addons/online_match/links/frame.gd")
const Refusal := preload("res://addons/online_match/protocol/refusal.gd")
const Reports := preload("res://addons/online_match/protocol/reports.gd")

const ME: Array[String] = ["earlier", "me"]
const KINDS_OF_FRAMES: Array[String] = ["", "reliable", "unreliable", "ack", "probe", "echo", "word"]
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


func test_a_request_to_reconnect_names_its_connection() -> void:
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
		var via: String = means.get("via", "")
		var text := Reports.link(means.peer, means.state, means.silent, via, means.get("rttMs", -1))
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


func test_slowing_down_is_read() -> void:
	for each: Dictionary in _frames("slow_downs"):
		var wanted: int = int(each.means) if each.means != null else -1
		same(Reports.slow_down(JSON.stringify(each.frame)), wanted)


func test_frames_of_data_are_read_and_written() -> void:
	for each: Dictionary in _frames("data"):
		var bytes := Marshalls.base64_to_raw(each.frame.base64)
		var read := Frame.decode(bytes)
		if each.means == null:
			holds(read == null, "it is read as a frame: " + str(each.name))
			continue
		var means := {
			"kind": KINDS_OF_FRAMES[read.kind],
			"epoch": float(read.epoch),
			"number": float(read.number),
			"isLast": read.has(Frame.LAST),
			"isText": read.has(Frame.TEXT),
			"sentMs": float(read.sent_ms),
			"data": Array(read.data).map(func(byte: int) -> float: return byte),
		}
		same(means, each.means)
		same(Marshalls.raw_to_base64(read.encode()), each.frame.base64)


func test_frames_say_what_other_clients_pass_over() -> void:
	var frame := Frame.of(Frame.Kind.UNRELIABLE, 9, 1 << 33 | 5, PackedByteArray([1]))
	frame.flags = Frame.IN_ORDER | Frame.PASSED_ON
	var read := Frame.decode(frame.encode())
	same([read.flags, read.number], [12, 5])


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
		"topology": room.topology,
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
