extends Label
## Who is connected to whom, as the server sees it.

const SIGN_OF_STATE := {"connected": "●", "connecting": "○", "failed": "✗"}


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
		state_of[[link.a, link.b]] = link.state
		state_of[[link.b, link.a]] = link.state
	var lines := PackedStringArray()
	for player in room.players:
		var signs := ""
		for other in room.players:
			var state: Variant = state_of.get([player.session_id, other.session_id])
			signs += SIGN_OF_STATE.get(state, " · ").strip_edges() + " "
		var is_host := "★" if int(player.peer_id) == room.host_peer_id else " "
		lines.append("%s %d %s" % [is_host, int(player.peer_id), signs.strip_edges()])
	return lines
