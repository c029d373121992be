extends Node
## What all tests have: to check, and to wait for something.

const PATIENCE_MS := 40_000


## The other way round: [param wanted] is what it should be.
func same(found: Variant, wanted: Variant) -> void:
	if typeof(found) != typeof(wanted) or found != wanted:
		push_error("it is %s and should be %s" % [found, wanted])


func holds(is_so: bool, what: String) -> void:
	if not is_so:
		push_error(what)


## Until it is so.
func until(is_so: Callable, what: String) -> void:
	var end := Time.get_ticks_msec() + PATIENCE_MS
	while not is_so.call():
		if Time.get_ticks_msec() > end:
			push_error("waited in vain for: " + what)
			return
		await get_tree().process_frame
