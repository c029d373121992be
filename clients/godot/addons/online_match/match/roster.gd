extends RefCounted
## Who is in the match: the snapshots decide.

signal joined(player: OnlineMatchPlayer)
signal left(player: OnlineMatchPlayer)
## A player is on another socket than before.
signal moved(player: OnlineMatchPlayer)
## A player came back without their old connections.
signal renewed(player: OnlineMatchPlayer)
signal away_changed(player: OnlineMatchPlayer)

## By peer id.
var by_peer_id := {}
## Session ids of matched players who have not come yet and may still come.
var expected := {}


## By session id, as the addon of old has them.
func by_session_id() -> Dictionary:
	var found := {}
	for player: OnlineMatchPlayer in by_peer_id.values():
		found[player.session_id] = player
	return found


func of_session(session_id: String) -> OnlineMatchPlayer:
	for player: OnlineMatchPlayer in by_peer_id.values():
		if player.session_id == session_id:
			return player
	return null


## Adds, changes and removes players until they are those of the snapshot. One's own entry comes first.
func apply(room: OnlineMatchRoom, own_session: String) -> void:
	var listed := room.players.duplicate()
	var own := listed.filter(func(each: Dictionary) -> bool: return each.session_id == own_session)
	var present := {}
	for data: Dictionary in listed:
		present[int(data.peer_id)] = true
	for player: OnlineMatchPlayer in by_peer_id.values():
		if not present.has(player.peer_id):
			by_peer_id.erase(player.peer_id)
			left.emit(player)
	for data: Dictionary in own + listed:
		_take(data)


## The peer ids of matched players follow from their session ids, as every client counts.
func expect(presences: Array) -> Dictionary:
	var sessions := {}
	for presence: Variant in presences:
		sessions[presence.session_id] = presence
	var sorted := sessions.keys()
	sorted.sort()
	var matched := {}
	for session_id: String in sorted:
		var player := OnlineMatchPlayer.from_presence(sessions[session_id], matched.size() + 1)
		matched[session_id] = player
		expected[session_id] = true
	return matched


func _take(data: Dictionary) -> void:
	expected.erase(data.session_id)
	var player: OnlineMatchPlayer = by_peer_id.get(int(data.peer_id))
	if player == null:
		player = OnlineMatchPlayer.from_dict(data)
		by_peer_id[player.peer_id] = player
		joined.emit(player)
		if player.away:
			away_changed.emit(player)
		return
	var session_id := player.session_id
	var generation := player.generation
	var was_away := player.away
	player.update(data)
	if player.generation != generation:
		renewed.emit(player)
	elif player.session_id != session_id:
		moved.emit(player)
	if player.away != was_away:
		away_changed.emit(player)
