extends "game_test.gd"
## What the pages show of GDScript compiles, with the addon as it is.

const PAGES: Array[String] = ["README.md", "docs/porting.md", "clients/godot/README.md"]
## A page may leave out types, which this project's own scripts may not.
const TYPES := {"var (\\w+) =": "var $1: Variant =", "func\\((\\w+)\\):": "func($1: Variant) -> void:"}
## What a page takes for given, as nakama-godot and the game have it.
const GIVEN := {
	"Nakama": "var Nakama := Addon.new()",
	"client": "var client := Client.new()",
	"session": "var session: Variant",
	"socket": "var socket: Variant",
}
const CLASSES := """
class Addon:
	func create_client(_key: String, _host: String, _port: int, _scheme: String) -> Client:
		return Client.new()
	func create_socket_from(_client: Client) -> Socket:
		return Socket.new()
class Client:
	func authenticate_device_async(_id: String) -> Variant:
		return null
	func rpc_async(_session: Variant, _id: String, _payload: String) -> Variant:
		return null
class Socket:
	func connect_async(_session: Variant) -> Variant:
		return null
func show_message(_text: String) -> void:
	pass
func show_code(_text: String) -> void:
	pass
"""


func test_what_the_pages_show_compiles() -> void:
	var root := (get_script() as Script).resource_path.get_base_dir().path_join("../../../..")
	for page in PAGES:
		var blocks := _blocks_in(FileAccess.get_file_as_string(root.path_join(page).simplify_path()))
		holds(not blocks.is_empty(), page + " shows something")
		for block in blocks:
			var script := GDScript.new()
			script.source_code = _whole(block)
			if script.reload() != OK:
				push_error("%s shows what does not compile:\n%s" % [page, block])


## Those for Godot 4.
func _blocks_in(text: String) -> Array[String]:
	var found: Array[String] = []
	for part in text.split("```gdscript\n").slice(1):
		if not part.begins_with("# Godot 3"):
			found.append(part.get_slice("```", 0))
	return found


func _whole(block: String) -> String:
	var text := block.trim_prefix("extends Node\n").replace("NakamaSession", "Variant").replace("    ", "\t")
	for untyped: String in TYPES:
		text = RegEx.create_from_string(untyped).sub(text, TYPES[untyped], true)
	var is_body := not ("\n" + text).contains("\nfunc ")
	var whole := "extends Node\n" + CLASSES
	for given: String in GIVEN:
		if not text.contains("var %s" % given):
			whole += GIVEN[given] + "\n"
	return whole + ("func _body() -> void:\n" + text.indent("\t") if is_body else text)
