extends SceneTree
## godot --headless --path clients/godot --script …/bot/main.gd -- PORT EXTENSION
## A game without a screen, played by whoever listens on that port of this machine: see bot.gd.


func _initialize() -> void:
	var arguments := OS.get_cmdline_user_args()
	if GDExtensionManager.load_extension(arguments[1]) != GDExtensionManager.LOAD_STATUS_OK:
		push_error("there is no WebRTC at " + arguments[1])
		quit(2)
		return
	# On the first frame, when the autoloads are there.
	process_frame.connect(_begin.bind(int(arguments[0])), CONNECT_ONE_SHOT)


func _begin(port: int) -> void:
	var folder := (get_script() as Script).resource_path.get_base_dir()
	var bot: Node = load(folder + "/bot.gd").new()
	bot.name = "Game"
	bot.set("port", port)
	root.add_child(bot)
