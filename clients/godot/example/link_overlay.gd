extends Label
## Who is connected to whom, as the server sees it, and how long it takes to each and back.

## "server": data goes through the server, since no connection comes up.
const SIGN_OF_STATE := {"connected": "●", "server": "◎", "connecting": "○", "failed": "✗"}


func _ready() -> void:
	set_anchors_and_offsets_preset(Control.PRESET_TOP_RIGHT)
	grow_horizontal = Control.GROW_DIRECTION_BEGIN
	OnlineMatch.room_changed.connect(_on_room_changed)


func _on_room_changed(room: OnlineMatchRoom) -> void:
	text = "\n".join(lines_of(room, OnlineMatch.get_my_session_id()))


## A line for each player: their id, a sign for the link to each other player, in the order of the lines, and the time
## there and back between them and this player.
static func lines_of(room: OnlineMatchRoom, own_session_id: String) -> PackedStringArray:
	var state_of := {}
	var time_to := {}
	for link in room.links:
		var state: String = link.via if link.get("via") == "server" else link.state
		state_of[[link.a, link.b]] = state
		state_of[[link.b, link.a]] = state
		if own_session_id in [link.a, link.b] and link.has("rtt_ms"):
			time_to[link.a if link.b == own_session_id else link.b] = "  %d ms" % int(link.rtt_ms)
	var lines := PackedStringArray()
	for player in room.players:
		var signs := ""
		for other in room.players:
			var state: Variant = state_of.get([player.session_id, other.session_id])
			signs += SIGN_OF_STATE.get(state, " · ").strip_edges() + " "
		var is_host := "★" if int(player.peer_id) == room.host_peer_id else " "
		var time: String = time_to.get(player.session_id, "")
		lines.append("%s %d %s%s" % [is_host, int(player.peer_id), signs.strip_edges(), time])
	return lines
