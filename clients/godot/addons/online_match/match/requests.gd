extends RefCounted
## Requests to the server, each with a limit of time: those of nakama-godot have none.

const TIMEOUT_SEC := 10.0

var _tree: SceneTree
## Who waits.
var _races: Array[Race] = []
var _ended: OnlineMatchFailure


func _init(tree: SceneTree) -> void:
	_tree = tree


## Nakama's answer, or an [OnlineMatchFailure]. [param request] is a method of the socket with its arguments bound.
func ask(request: Callable) -> Variant:
	if _ended != null:
		return _ended
	var race := Race.new()
	_races.append(race)
	_run(request, race)
	if not race.is_over:
		var late := OnlineMatchFailure.new("timed-out", "The server did not answer.")
		_tree.create_timer(TIMEOUT_SEC, true, false, true).timeout.connect(race.finish.bind(late))
		await race.ended
	_races.erase(race)
	var answer: Variant = race.answer
	if not answer is OnlineMatchFailure and answer.is_exception():
		return OnlineMatchFailure.from_exception(answer.get_exception())
	return answer


## Waits for a signal, for as long as it takes; null, or the failure that ended it all.
func wait_for(happened: Signal) -> OnlineMatchFailure:
	if _ended != null:
		return _ended
	var race := Race.new()
	_races.append(race)
	happened.connect(race.finish.bind(null), CONNECT_ONE_SHOT)
	await race.ended
	_races.erase(race)
	return race.answer


## Whoever waits, and whoever asks from now on, gets this.
func end(why: OnlineMatchFailure) -> void:
	_ended = why
	for race: Race in _races.duplicate():
		race.finish(why)


func _run(request: Callable, race: Race) -> void:
	race.finish(await request.call())


## The first answer counts.
class Race:
	extends RefCounted
	signal ended
	var answer: Variant
	var is_over := false

	func finish(with: Variant) -> void:
		if is_over:
			return
		is_over = true
		answer = with
		ended.emit()
