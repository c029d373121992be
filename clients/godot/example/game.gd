extends Node2D
## Ships collect stars. The host spawns the ships, flies them as their players steer, and keeps the score.
##
## What migration means: the authority of a spawner cannot move from a player who is gone. So each term of a host has
## a world of its own, with a spawner of that host's. When another player is host, everybody opens a new one and tells
## the new host; who fills it when all have it, since what is spawned for somebody who has no spawner for it is lost.
## The old world is hidden, and goes when the old host's despawning, or their leaving, has emptied it. Scores and stars
## are what the new host knew already, or those of the checkpoint.

const Ship := preload("ship.gd")

const STARS := 5
const FIELD := Vector2(960, 540)
const SAVE_EVERY_SEC := 1.0

## Whether the own ship flies by itself.
var is_bot := false
## Score by user id: peer ids and session ids are of this match, users are the same in the next.
var scores := {}
## How often the score changed, by which the newer of two states is known.
var changes := 0
## Where the stars are.
var stars: Array[Vector2] = []
var world: Node2D
var _spawner: MultiplayerSpawner
var _old_worlds: Array[Node2D] = []
var _term := 0
var _is_filled := false
## The last term whose world a player has, by peer id.
var _term_of := {}
var _unsaved_sec := 0.0


func _ready() -> void:
	OnlineMatch.host_changed.connect(_on_host_changed)
	OnlineMatch.checkpoint_restored.connect(_on_checkpoint_restored)
	OnlineMatch.player_left.connect(_on_player_left)
	OnlineMatch.player_away_changed.connect(_on_away_changed)
	multiplayer.peer_connected.connect(_on_peer_connected)


## Back to the lobby.
func reset() -> void:
	for each: Node2D in _old_worlds + [world]:
		if each != null:
			each.queue_free()
	_old_worlds = []
	world = null
	_is_filled = false
	scores = {}
	changes = 0
	stars = []
	_term_of = {}
	_term = 0


func _process(delta: float) -> void:
	for old: Node2D in _old_worlds.duplicate():
		if old.get_child_count() == 1:
			_old_worlds.erase(old)
			old.queue_free()
	_steer_own()
	if not OnlineMatch.is_host():
		return
	_collect()
	_unsaved_sec += delta
	if _unsaved_sec >= SAVE_EVERY_SEC:
		_unsaved_sec = 0.0
		OnlineMatch.save_checkpoint(var_to_bytes({"scores": scores, "stars": stars, "changes": changes}))


func ship_of(peer_id: int) -> Ship:
	return world.get_node_or_null(str(peer_id)) as Ship if world != null else null


## To the host: where a player's ship shall go.
@rpc("any_peer", "call_local", "unreliable_ordered")
func steer(direction: Vector2) -> void:
	var ship := ship_of(multiplayer.get_remote_sender_id())
	if OnlineMatch.is_host() and ship != null:
		ship.direction = direction.limit_length()


func _steer_own() -> void:
	var host := OnlineMatch.get_host()
	var own := ship_of(multiplayer.get_unique_id())
	if host == null or own == null:
		return
	var direction := Input.get_vector("ui_left", "ui_right", "ui_up", "ui_down")
	if is_bot and not stars.is_empty():
		direction = own.position.direction_to(_nearest_to(own.position))
	steer.rpc_id(host.peer_id, direction)


func _collect() -> void:
	for player: OnlineMatchPlayer in OnlineMatch.get_players_by_peer_id().values():
		var ship := ship_of(player.peer_id)
		if ship == null:
			continue
		var star := _nearest_to(ship.position)
		if ship.position.distance_to(star) < Ship.RADIUS:
			scores[player.user_id] = scores.get(player.user_id, 0) + 1
			stars[stars.find(star)] = _somewhere()
			changes += 1
			_show.rpc(scores, stars, changes)


## The state of the game, from the host of the moment.
@rpc("any_peer", "call_local", "reliable")
func _show(new_scores: Dictionary, new_stars: Array, new_changes: int) -> void:
	var host := OnlineMatch.get_host()
	if host == null or multiplayer.get_remote_sender_id() != host.peer_id:
		return
	scores = new_scores
	changes = new_changes
	stars.assign(new_stars)
	queue_redraw()


func _draw() -> void:
	for star in stars:
		draw_circle(star, 6.0, Color.GOLD)


func _on_host_changed(player: OnlineMatchPlayer, term: int) -> void:
	_open_world(player.peer_id, term)


## What this player saw last may be newer. It comes from a player, so it may be anything.
func _on_checkpoint_restored(data: PackedByteArray) -> void:
	var state: Variant = bytes_to_var(data)
	if not state is Dictionary or not OnlineMatch.is_host():
		return
	if not state.get("changes") is int or state.changes <= changes:
		return
	if state.get("scores") is Dictionary and state.get("stars") is Array:
		scores = state.scores
		changes = state.changes
		stars.assign(state.stars.filter(func(star: Variant) -> bool: return star is Vector2))
		_show.rpc(scores, stars, changes)


func _open_world(host_id: int, term: int) -> void:
	_retire_world()
	_term = term
	world = Node2D.new()
	world.name = "Term%d" % term
	add_child(world)
	_spawner = MultiplayerSpawner.new()
	_spawner.name = "Spawner"
	_spawner.spawn_path = ^".."
	_spawner.spawn_function = _new_ship
	_spawner.set_multiplayer_authority(host_id)
	world.add_child(_spawner)
	if OnlineMatch.is_host():
		_fill_world()
	elif host_id in multiplayer.get_peers():
		_tell_term.rpc_id(host_id, term)


func _retire_world() -> void:
	_is_filled = false
	if world == null:
		return
	world.hide()
	world.process_mode = Node.PROCESS_MODE_DISABLED
	if _spawner.is_multiplayer_authority():
		for ship in world.get_children():
			if ship != _spawner:
				ship.queue_free()
	_old_worlds.append(world)
	world = null


## A player has the world of this term.
@rpc("any_peer", "call_remote", "reliable")
func _tell_term(term: int) -> void:
	_term_of[multiplayer.get_remote_sender_id()] = term
	_fill_world()


func _fill_world() -> void:
	if _is_filled or world == null or not OnlineMatch.is_host():
		return
	var here := multiplayer.get_peers()
	for peer_id in here:
		var player := OnlineMatch.get_player_by_peer_id(peer_id)
		if player != null and not player.away and _term_of.get(peer_id, 0) < _term:
			return
	_is_filled = true
	while stars.size() < STARS:
		stars.append(_somewhere())
	for peer_id in PackedInt32Array([multiplayer.get_unique_id()]) + here:
		_spawner.spawn(peer_id)
	_show.rpc(scores, stars, changes)


func _new_ship(peer_id: int) -> Node:
	var ship := Ship.new()
	ship.name = str(peer_id)
	ship.position = FIELD / 2.0
	ship.peer_id = peer_id
	ship.set_multiplayer_authority(_spawner.get_multiplayer_authority())
	return ship


## Godot itself spawns for newcomers what is there: they have had the world since they joined.
func _on_peer_connected(peer_id: int) -> void:
	_term_of[peer_id] = _term
	if OnlineMatch.is_host() and _is_filled and ship_of(peer_id) == null:
		_spawner.spawn(peer_id)
		_show.rpc_id(peer_id, scores, stars, changes)


func _on_away_changed(_player: OnlineMatchPlayer) -> void:
	_fill_world()


func _on_player_left(player: OnlineMatchPlayer) -> void:
	var ship := ship_of(player.peer_id)
	if OnlineMatch.is_host() and ship != null:
		ship.queue_free()


func _nearest_to(place: Vector2) -> Vector2:
	var found := Vector2.INF
	for star in stars:
		if place.distance_to(star) < place.distance_to(found):
			found = star
	return found


static func _somewhere() -> Vector2:
	return Vector2(randf_range(40.0, FIELD.x - 40.0), randf_range(40.0, FIELD.y - 40.0))
