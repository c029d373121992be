extends SceneTree
## godot --headless --path clients/godot --script …/unit/run.gd -- EXTENSION [PART OF A NAME]
## Loads every script of the project and runs every method test_… of the *_test.gd beside this file. A script error,
## a warning of a script, a failed check or too long a silence fails a test. The last line has the counts.

const LIMIT_MS := 45_000
const MOST_LINES := 250

var _errors := Errors.new()
var _passed := 0
var _failed := 0


func _initialize() -> void:
	OS.add_logger(_errors)
	process_frame.connect(_run, CONNECT_ONE_SHOT)


func _run() -> void:
	var arguments := OS.get_cmdline_user_args()
	GDExtensionManager.load_extension(arguments[0])
	var wanted := arguments[1] if arguments.size() > 1 else ""
	for script in _scripts_in("res://"):
		load(script)
		if FileAccess.get_file_as_string(script).count("\n") > MOST_LINES:
			push_error("%s has more than %d lines" % [script, MOST_LINES])
	_report("all scripts", "are short, and load without a warning", _errors.take())
	var folder := (get_script() as Script).resource_path.get_base_dir()
	for file in DirAccess.get_files_at(folder):
		if file.ends_with("_test.gd"):
			await _run_file(folder + "/" + file, wanted)
	print("%d passed, %d failed" % [_passed, _failed])
	quit(1 if _failed > 0 or _passed == 0 else 0)


func _run_file(file: String, wanted: String) -> void:
	var script: GDScript = load(file)
	if script == null or not script.can_instantiate():
		_report(file.get_file(), "loads", _errors.take())
		return
	for method in script.get_script_method_list():
		var title: String = method.name
		if title.begins_with("test_") and (wanted == "" or (file + title).contains(wanted)):
			await _run_test(file.get_file(), script, title)


func _run_test(file: String, script: GDScript, title: String) -> void:
	var test: Node = script.new()
	root.add_child(test)
	var over := [false]
	_await_test(test, title, over)
	var end := Time.get_ticks_msec() + LIMIT_MS
	while not over[0] and _errors.is_empty() and Time.get_ticks_msec() < end:
		await process_frame
	var why := _errors.take()
	if not over[0] and why.is_empty():
		why.append("it is not done after %d s" % [LIMIT_MS / 1000.0])
	_report(file, title, why)
	test.queue_free()
	await process_frame
	await process_frame


func _await_test(test: Node, title: String, over: Array) -> void:
	@warning_ignore("redundant_await")
	await test.call(title)
	over[0] = true


func _report(file: String, title: String, why: PackedStringArray) -> void:
	if why.is_empty():
		_passed += 1
	else:
		_failed += 1
	print("%s %s: %s" % ["✗" if not why.is_empty() else "✓", file, title.replace("_", " ")])
	for line in why:
		print("    ", line)


func _scripts_in(folder: String) -> PackedStringArray:
	var found := PackedStringArray()
	for file in DirAccess.get_files_at(folder):
		if file.ends_with(".gd"):
			found.append(folder.path_join(file))
	for inner in DirAccess.get_directories_at(folder):
		if not inner.begins_with("."):
			found.append_array(_scripts_in(folder.path_join(inner)))
	return found


## Neither a failed assert nor a script error ends Godot, so all that is logged as one is kept here.
class Errors:
	extends Logger
	var _found := PackedStringArray()
	var _lock := Mutex.new()

	func _log_error(
		_function: String,
		file: String,
		line: int,
		code: String,
		rationale: String,
		_notify: bool,
		type: int,
		_traces: Array[ScriptBacktrace]
	) -> void:
		if type == ERROR_TYPE_WARNING:
			return
		_lock.lock()
		_found.append("%s (%s:%d)" % [rationale if rationale != "" else code, file, line])
		_lock.unlock()

	func is_empty() -> bool:
		return _found.is_empty()

	func take() -> PackedStringArray:
		_lock.lock()
		var all := _found
		_found = PackedStringArray()
		_lock.unlock()
		return all
