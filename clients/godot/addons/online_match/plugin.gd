@tool
extends EditorPlugin
## Adds the autoload.


func _enable_plugin() -> void:
	add_autoload_singleton("OnlineMatch", "res://addons/online_match/online_match.gd")


func _disable_plugin() -> void:
	remove_autoload_singleton("OnlineMatch")
