extends Node2D
## A player's ship. The host flies it as its player steers, and a synchronizer shows the others where it is: both the
## spawner and the synchronizers are the host's, so nobody is told of a ship that they do not have.

const SPEED := 240.0
const RADIUS := 12.0

## Whose ship it is.
var peer_id := 0
## Of the host alone.
var direction := Vector2.ZERO


func _enter_tree() -> void:
	if has_node(^"Synchronizer"):
		return
	var config := SceneReplicationConfig.new()
	config.add_property(^".:position")
	var synchronizer := MultiplayerSynchronizer.new()
	synchronizer.name = "Synchronizer"
	synchronizer.replication_config = config
	synchronizer.set_multiplayer_authority(get_multiplayer_authority())
	add_child(synchronizer)


func _process(delta: float) -> void:
	if is_multiplayer_authority():
		position += direction * SPEED * delta
	queue_redraw()


func _draw() -> void:
	draw_circle(Vector2.ZERO, RADIUS, Color.from_hsv(fmod(peer_id * 0.618, 1.0), 0.7, 1.0))
