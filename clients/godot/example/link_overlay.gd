extends Label
## Who is connected to whom, as the server sees it.

## "server": data goes through the server, since no connection comes up.
const SIGN_OF_STATE := {"connected": "●", "server": "◎", "connecting": "○", "failed": "✗"}


func _ready() -> void:
	set_anchors_and_offsets_preset(Control.PRESET_TOP_RIGHT)
	grow_horizontal = Control.GROW_DIRECTION_BEGIN
	OnlineMatch.room_changed.connect(_on_room_changed)


func _on_room_changed(room: OnlineMatchRoom) -> void:
	text = "\n".join(lines_of(room))


## A line for each player: their id, and a sign for the link to each other player, in the order of the lines.
static func lines_of(room: OnlineMatchRoom) -> PackedStringArray:
	var state_of := {}
	for link in room.links:
		var state: String = link.via if link.get("via") == "server" else link.state
		state_of[[link.a, link.b]] = state
		state_of[[link.b, link.a]] = state
	var lines := PackedStringArray()
	for player in room.players:
		var signs := ""
		for other in room.players:
			var state: Variant = state_of.get([player.session_id, other.session_id])
			signs += SIGN_OF_STATE.get(state, " · ").strip_edges() + " "
		var is_host := "★" if int(player.peer_id) == room.host_peer_id else " "
		lines.append("%s %d %s" % [is_host, int(player.peer_id), signs.strip_edges()])
	return lines
